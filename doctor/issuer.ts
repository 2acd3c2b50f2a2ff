// Examines one EHR from beginning to end: three questions at once, then those that need the answers. What cannot be asked any more
// is said to be not checked.

import { type EhrKind, profileOf } from '../server/domain/ehr/capability.ts'
import { given } from '../server/domain/given.ts'
import { signInBytes } from '../server/outside/smart/line.ts'
import { safeTransport } from '../server/settings/issuer-row.ts'
import { abilitiesOf, takesNothing } from './abilities.ts'
import { appointmentInLaunch, capabilitiesOf } from './capabilities.ts'
import { ourKey } from './client.ts'
import { type Configuration, configurationUrl, endpointOf, readConfiguration } from './configuration.ts'
import { authorizationEndpoint, signInOf } from './dry.ts'
import { codesAnswered, tokenEndpoint } from './dry-code.ts'
import { about, type Finding, ofUs, type Part } from './finding.ts'
import { signingKeys } from './jwks.ts'
import { kindOf, metadataUrl, noteType, readMetadata, readsOf, type Told } from './metadata.ts'
import { certificateEnds, certificateOf, clock, notSafe, reachable } from './reach.ts'
import { request, step, type World } from './request.ts'
import { scopesAsked, scopesListed } from './scopes.ts'
import { jwksUrl, launchUrl, redirectUri, type Subject, servesClinicians } from './subject.ts'

export type Examined = { readonly part: Part; readonly kind: EhrKind; readonly launches: boolean }

export async function examineIssuer(world: World, subject: Subject): Promise<Examined> {
  const { iss, ours } = subject
  if (!safeTransport(iss)) return unasked(subject, notSafe(iss))
  const secure = new URL(iss).protocol === 'https:'
  const [until, smart, metadata] = await Promise.all([
    secure ? step(world, `the certificate of ${iss}`, () => certificateOf(iss, world)) : undefined,
    step(world, configurationUrl(iss), () => request(world, configurationUrl(iss), { mostBytes: signInBytes })),
    step(world, metadataUrl(iss), () =>
      // As long as the app waits for it before a filing: a HAPI may take seconds to write its 1.8 MB.
      request({ ...world, timeoutMs: world.statementMs ?? world.timeoutMs }, metadataUrl(iss), {
        accept: 'application/fhir+json, application/json',
      }),
    ),
  ])
  const answers = [smart, metadata]
  const reach = reachable(iss, answers)
  const seen = secure ? [certificateEnds(until, new URL(iss).host, world.now())] : []
  if (reach.result === 'failed') return unasked(subject, reach, seen)
  const { configuration, findings } = readConfiguration(iss, smart, ours?.issuer.idTokenIssuer)
  const told = readMetadata(iss, metadata)
  const profile = weighed(subject, told)
  const signIn = configuration === undefined ? [] : await signInFindings(world, subject, configuration)
  return {
    kind: profile.kind,
    launches: configuration?.capabilities?.includes('launch-ehr') ?? false,
    part: {
      about: iss,
      kind: 'issuer',
      findings: [
        ...[reach, ...seen, clock(answers), ...findings, ...signIn, told.finding],
        ...chart(subject, told, configuration),
      ],
      register: registration(subject, configuration),
    },
  }
}

/** The sign-in: what needs another answer, at once; and what the configuration itself says. */
async function signInFindings(
  world: World,
  subject: Subject,
  configuration: Configuration,
): Promise<readonly Finding[]> {
  const { iss, ours } = subject
  const keysAt = endpointOf(iss, configuration, 'jwks_uri')
  const [keys, dry] = await Promise.all([
    keysAt !== undefined && safeTransport(keysAt)
      ? step(world, keysAt, async () => [signingKeys(keysAt, await request(world, keysAt, { mostBytes: signInBytes }))])
      : [],
    ours === undefined ? withoutOurs : dryRun(world, ours, configuration),
  ])
  return [
    ...keys,
    ...capabilitiesOf(subject, configuration, dry.refused),
    scopesListed(subject, configuration),
    ...dry.findings,
  ]
}

/** `refused`: the error with which our own sign-in was sent back. */
type Dry = { readonly findings: readonly Finding[]; readonly refused?: string }

const withoutOurs: Dry = {
  findings: [
    about('client', "an organisation's settings").unchecked(
      'Our own client is asked about when an organisation id is given.',
    ),
  ],
}

async function dryRun(world: World, ours: NonNullable<Subject['ours']>, configuration: Configuration): Promise<Dry> {
  const key = ours.issuer.client === 'private_key_jwt' ? [ourKey(ours, configuration)] : []
  const smart = signInOf(ours.config, world)
  const { iss } = ours.issuer
  const [codes, page] = await Promise.all([
    step(world, `the token endpoint of ${iss}`, () => codesAnswered(ours.issuer, smart)),
    step(world, `the authorization endpoint of ${iss}`, () => authorizationEndpoint(world, ours, smart)),
  ])
  const findings = [...key, tokenEndpoint(ours.issuer, codes, page.strange), page.finding]
  return { findings, ...given({ refused: page.error }) }
}

/** As the app weighs it; of a base URL alone, what the EHR could do for a clinic that allows everything. */
function weighed({ ours }: Subject, { statement }: Told) {
  return profileOf({
    ...given({ statement }),
    ...(ours?.issuer.ehr === undefined ? {} : { kind: ours.issuer.ehr }),
    can: ours?.issuer.can ?? {},
    policies: ours?.organisation.policies ?? { createEncounters: true, drafts: true, chart: true },
  })
}

function chart(subject: Subject, told: Told, configuration: Configuration | undefined): readonly Finding[] {
  const profile = weighed(subject, told)
  const named = configuration !== undefined && appointmentInLaunch(configuration)
  return [
    kindOf(profile, subject),
    ...(told.statement === undefined ? [] : readsOf(told.statement, subject)),
    ...abilitiesOf(profile, subject, named),
    ...(servesClinicians(subject) && !takesNothing(profile)
      ? [noteType(profile, subject), ...place(subject, profile.kind)]
      : []),
  ]
}

/** Oracle wants to know where a new Encounter takes place, and Appointments do not always say it. */
function place({ ours }: Subject, kind: EhrKind): readonly Finding[] {
  if (kind !== 'oracle' || ours === undefined || !ours.organisation.policies.createEncounters) return []
  const { ok, warning } = about('service-provider', 'serviceProvider in the settings')
  if (ours.issuer.serviceProvider !== undefined) return [ok('New Encounters say where they take place.')]
  return [
    warning('A new Encounter says where it is only if the Appointment does.', {
      ask: ofUs('Set "serviceProvider" to the Organization of the clinic, such as Organization/675844.'),
    }),
  ]
}

/** What an EHR that was not reached leaves open. */
function unasked(subject: Subject, reach: Finding, seen: readonly Finding[] = []): Examined {
  const open = ['smart-configuration', 'metadata'].map((id) =>
    about(id, `GET ${subject.iss}`).unchecked('Not asked: the EHR was not reached.'),
  )
  const part: Part = { about: subject.iss, kind: 'issuer', findings: [reach, ...seen, ...open] }
  return { part, kind: subject.ours?.issuer.ehr ?? 'generic', launches: false }
}

function registration(subject: Subject, configuration: Configuration | undefined) {
  const url = subject.ours?.config.url ?? 'HOUSECALL_URL'
  return {
    launchUrl: launchUrl(url),
    redirectUri: redirectUri(subject),
    jwksUrl: jwksUrl(url),
    scopes: scopesAsked(subject, configuration ?? {}),
  }
}
