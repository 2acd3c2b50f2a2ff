// What an organisation has of its own, beside its EHRs and its Jitsi: our address, the app behind it, its frames, both sides of a visit.

import type { EhrKind } from '../server/domain/ehr/capability.ts'
import { madeReadable } from '../server/domain/ehr/contrast.ts'
import { languageName } from '../server/domain/note/words.ts'
import { differentBases, ownBase } from '../server/settings/bases.ts'
import type { Config, Issuer, Organisation } from '../server/settings/config.ts'
import { withoutEmergency } from '../server/settings/texts.ts'
import { ourJwks } from './client.ts'
import { consentAsked } from './consent.ts'
import { about, type Finding, ofUs, type Part } from './finding.ts'
import { examineMail } from './mail.ts'
import { type Answer, request, step, type World } from './request.ts'
import { jwksUrl } from './subject.ts'
import { examineWebhook } from './webhook.ts'

/** What the issuers turned out to be, for the questions that are about all of them. */
export type Seen = { readonly kinds: readonly EhrKind[]; readonly launches: boolean }

export async function examineOrganisation(
  world: World,
  config: Config,
  organisation: Organisation,
  issuers: Promise<Seen>,
): Promise<Part> {
  const { url } = config
  const [health, keys, seen, webhook, mail] = await Promise.all([
    step(world, `${url}/healthz`, () => request(world, `${url}/healthz`)),
    step(world, jwksUrl(url), () => request(world, jwksUrl(url))),
    issuers,
    examineWebhook(world, organisation),
    examineMail(config, organisation),
  ])
  const keyed = organisation.issuers.some(({ client }) => client === 'private_key_jwt')
  return {
    about: organisation.id,
    kind: 'organisation',
    findings: [
      about('settings', 'the settings').ok('The settings can be read, and fit together.'),
      address(config),
      running(url, health),
      ...(keyed ? [ourJwks(config, keys)] : []),
      frames(organisation, seen),
      sides(organisation, seen),
      ...(differentBases(organisation).length > 1 ? [sharedIds(organisation, seen)] : []),
      ...commonRedirect(organisation),
      ...emergency(organisation),
      ...colour(organisation),
      ...consentAsked(organisation, new Date()),
      ...organisation.issuers.map(({ iss }) => sameWorld(url, iss)),
      ...webhook,
      ...mail,
    ],
  }
}

const isLocal = (url: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

function address({ url }: Config): Finding {
  const { ok, warning } = about('own-address', 'HOUSECALL_URL')
  if (!isLocal(url)) return ok('Our own address is https.')
  return warning('Our own address is for this machine alone: nobody else gets in.', {
    ask: ofUs('Set HOUSECALL_URL to the https address that people and EHRs see.'),
  })
}

function running(url: string, answer: Answer): Finding {
  const { ok, warning } = about('own-app', `GET ${url}/healthz`)
  if (answer.came && answer.status === 200 && answer.text.includes('"ok"')) return ok('The app answers at its address.')
  const why = answer.came ? `something else does (${answer.status})` : answer.why
  return warning(`The app does not answer at its address: ${why}.`, {
    ask: ofUs(`Start the app, and let the proxy pass ${url} on to it.`),
  })
}

function frames({ frameAncestors }: Organisation, { launches }: Seen): Finding {
  const { ok, warning } = about('frames', 'frameAncestors')
  if (frameAncestors.length > 0) return ok('The EHR may show us in a frame of its page.')
  if (!launches) return ok('No EHR here opens apps, so none needs a frame.')
  return warning('An EHR that opens us in a frame would show an empty page.', {
    ask: ofUs('List the origin of the page around the frame in "frameAncestors", if the EHR uses one.'),
  })
}

function sides(organisation: Organisation, { kinds }: Seen): Finding {
  const { ok, missing, warning } = about('both-sides', 'whom the issuers serve')
  const { issuers } = organisation
  const lacking = lackingIn(issuers)
  if (lacking !== undefined)
    return missing(`No issuer is for ${lacking}: they cannot come in.`, {
      essential: true,
      ask: ofUs(`List the base URL that ${lacking} sign in at under the same organisation.`),
    })
  // Of EHRs that share no ids each needs both: nobody of the one meets anybody of the other.
  for (const base of new Set(issuers.map(({ iss }) => ownBase(organisation, iss)))) {
    const alone = lackingIn(issuers.filter(({ iss }) => ownBase(organisation, iss) === base))
    if (alone === undefined) continue
    return missing(`One EHR has no issuer for ${alone}: its visits cannot take place.`, {
      essential: true,
      details: [`${base}: no ${alone}`],
      ask: ofUs(
        `List where ${alone} of ${base} sign in, or say "sharesIds": true if the base URLs listed are one EHR.`,
      ),
    })
  }
  if (kinds.includes('oracle') && issuers.length === 1)
    return warning("Oracle's patients have a base URL of their own, and it is not listed.", {
      ask: ofUs('List both base URLs under this organisation: clinicians first, patients with "people": "patients".'),
    })
  return ok('Clinicians and patients both have a place to sign in.')
}

function lackingIn(issuers: readonly Issuer[]): 'clinicians' | 'patients' | undefined {
  const serves = (side: 'clinicians' | 'patients') => issuers.some(({ people = side }) => people === side)
  return (['clinicians', 'patients'] as const).find((side) => !serves(side))
}

/** What the settings say of several base URLs, and whether that is likely. */
function sharedIds({ sharesIds, issuers }: Organisation, { kinds }: Seen): Finding {
  const { ok, warning } = about('shared-ids', 'sharesIds')
  if (!sharesIds) return ok('Its EHRs are kept apart: equal ids are different people and visits.')
  const details = issuers.map(({ iss }, i) => `${iss}: ${kinds[i]}`)
  if (new Set(kinds).size < 2) return ok('Its base URLs are one EHR: equal ids are the same people and visits.')
  return warning('Base URLs of different makers are said to share their ids.', {
    details,
    ask: ofUs('Say "sharesIds": false unless Patient/1 is the same person under each base URL.'),
  })
}

/** The old address, which the EHR may keep until the new one is registered. */
function commonRedirect({ issuers }: Organisation): readonly Finding[] {
  const old = issuers.filter((issuer) => issuer.commonRedirect).map(({ name }) => name)
  if (old.length === 0) return []
  const ask = ofUs('Register the redirect URI that ends with its name, then take "commonRedirect" out of the settings.')
  return [
    about('redirect-uri', 'commonRedirect in the settings').warning(
      `${old.join(' and ')}: people come back to the old common address.`,
      { ask },
    ),
  ]
}

/** What patients read in an emergency, in each language that is switched on; nothing is said of an organisation with one. */
function emergency(organisation: Organisation): readonly Finding[] {
  const { languages, emergency: text } = organisation
  if (languages.length < 2) return []
  const { ok, warning } = about('emergency', 'languages and texts in the settings')
  const lacking = withoutEmergency(organisation)
  if (lacking.length === 0) return [ok('In each language patients read what to do in an emergency.')]
  const named = new Intl.ListFormat('en').format(lacking.map((language) => languageName(language)))
  const instead =
    text === undefined ? 'not told what to do in an emergency' : 'told in another language what to do in an emergency'
  const where = lacking.map((language) => `"texts.${language}.emergency"`).join(', ')
  return [
    warning(`Who reads ${named} is ${instead}.`, {
      ask: ofUs(
        `Give ${where}, or take ${lacking.length > 1 ? 'these languages' : 'the language'} out of "languages".`,
      ),
    }),
  ]
}

/** A colour on which nobody could read is not shown as it is. */
function colour({ accent }: Organisation): readonly Finding[] {
  if (accent === undefined) return []
  const { ok, warning } = about('accent', 'accent in the settings')
  const shown = madeReadable(accent)
  if (shown === undefined) return [ok('White text can be read on its colour.')]
  return [
    warning(`White text cannot be read on ${accent}: pages show ${shown} in its place.`, {
      ask: ofUs('Set "accent" to a darker colour of the clinic, if it has one.'),
    }),
  ]
}

const rehearsal =
  /(^|[^a-z])(sandbox|sbx|test|tst|testing|stage|staging|dev|nonprod|non-prod|demo|poc|uat|train|smarthealthit)([^a-z]|$)/i

/** A hint by the words in the addresses, no more: a test EHR behind a real app, or a real one behind a trial. */
function sameWorld(url: string, iss: string): Finding {
  const { ok, warning } = about('test-or-real', `the words in ${iss}`)
  const [ehr, app] = [rehearsal.test(iss) || isLocal(iss), rehearsal.test(url) || isLocal(url)]
  const ask = ofUs(`Is ${iss} the one that ${url} is meant for? Test and real EHRs are easily mixed up.`)
  if (ehr && !app) return warning("The EHR's address sounds like a test system, ours does not.", { ask })
  if (app && !ehr) return warning("Our address sounds like a trial, the EHR's does not.", { ask })
  return ok(ehr ? 'A test system, and an app to try it with.' : 'Nothing sounds like a test system.')
}
