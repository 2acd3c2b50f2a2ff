// Two dry questions to the EHR's sign-in, asked as the app would: who we are at the token endpoint, with a code that is none; and where
// the authorization endpoint would send a browser. Neither signs anyone in. The second is read by signs, and never fails a visit.

import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../server/domain/errors.ts'
import { given } from '../server/domain/given.ts'
import { instant } from '../server/domain/instant.ts'
import { openSmart, type Smart } from '../server/outside/smart/smart.ts'
import type { Config } from '../server/settings/config.ts'
import { redirectUriOf, signInSettings } from '../server/settings/issuer.ts'
import { about, type Finding, ofEhr, ofUs } from './finding.ts'
import { type Answer, request, type World } from './request.ts'
import { launchUrl, type Ours } from './subject.ts'

/** Sign-in as the app does it: the same discovery, the same proof. */
export const signInOf = (config: Config, { now, timeoutMs }: World): Smart =>
  openSmart({
    ...signInSettings(config),
    now: () => instant(now()),
    timeoutMs,
  })

const random = () => randomBytes(32).toString('base64url')

/** RFC 6749, 5.2: `invalid_grant` for the code comes only after the client was known and its proof was taken. */
export async function tokenEndpoint({ issuer }: Ours, smart: Smart): Promise<Finding> {
  const asked = about('token-endpoint', 'the token endpoint, with a code that is none')
  const departed = await smart.begin(issuer, {}).catch(() => undefined)
  if (departed === undefined) return asked.unchecked('There is no sign-in to ask.')
  const { state, server } = departed
  const query = new URLSearchParams({ code: random(), state, iss: server.issuers[0] ?? '' })
  const said = await smart.finish(issuer, query, departed).then(
    () => undefined,
    (cause: unknown) => oauthErrorIn(cause),
  )
  const { error = '', status } = said ?? {}
  const details = [...(status === undefined ? [] : [`status: ${status}`]), ...(error === '' ? [] : [`error: ${error}`])]
  if (error === 'invalid_grant')
    return asked.ok(`The EHR knows our client${issuer.client === 'public' ? '' : ', and takes its proof'}.`, {
      details,
    })
  if (['invalid_client', 'unauthorized_client'].includes(error) || status === 401)
    return asked.failed('The EHR does not know our client, or does not take its proof.', {
      details,
      ask: unknownClient,
    })
  return asked.warning('Whether the EHR knows our client, its answer does not say.', {
    details,
    ask: ofEhr('See in the log of the token endpoint what it made of a code that was none.'),
  })
}

const unknownClient = ofUs(
  'Compare client id, kind of client and JWKS URL with the registration. A new Epic client id takes up to 12 h.',
)

const OAuthProblem = z.looseObject({
  error: z.string().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
  cause: z.unknown(),
})

/** What the token endpoint said, however deep the app's own refusal has wrapped it. */
function oauthErrorIn(cause: unknown): { error?: string; status?: number } {
  if (!(cause instanceof Error)) return {}
  const read = OAuthProblem.safeParse({ ...cause, cause: cause.cause })
  const { error, status } = read.data ?? {}
  if (error !== undefined) return { error, ...given({ status }) }
  const deeper = oauthErrorIn(cause.cause)
  return deeper.status === undefined && status !== undefined ? { ...deeper, status } : deeper
}

export async function authorizationEndpoint(world: World, { config, issuer }: Ours, smart: Smart): Promise<Finding> {
  const asked = about('authorize', 'the authorization endpoint, without following it')
  const departure = await smart.begin(issuer, {}).catch(whyNot)
  if (departure === 'contested')
    return asked.failed('Another EHR on the list goes by its issuer: nobody signs in at either.', { ask: contested })
  if (departure === 'none') return asked.unchecked('There is no sign-in to ask.')
  const { way } = departure
  const answer = await (way.by === 'get'
    ? request(world, way.url, { accept: 'text/html' })
    : request(world, way.action, { accept: 'text/html', form: way.fields }))
  const ask = ofEhr(
    `See that ${redirectUriOf(config, issuer)} is registered to the letter for client ${issuer.clientId}, launched at ${launchUrl(config.url)}.`,
  )
  const wrong = signOf(answer, redirectUriOf(config, issuer))
  if (wrong === undefined) return asked.ok('The EHR would ask people to sign in, and send them back here.')
  return asked.warning(wrong, { ask, ...(answer.came ? { details: [`status: ${answer.status}`] } : {}) })
}

const whyNot = (cause: unknown) =>
  cause instanceof Refusal && cause.code === 'issuer-contested' ? ('contested' as const) : ('none' as const)

const contested = ofUs(
  'Two EHRs on the list name one issuer and have other endpoints: compare them, and take the wrong one off the list.',
)

/** What speaks against a sign-in; undefined when nothing does. Where a client is not known, RFC 6749, 4.1.2.1 has a page shown. */
function signOf(answer: Answer, back: string): string | undefined {
  if (!answer.came) return `The sign-in page does not answer: ${answer.why}.`
  const { status, headers, text } = answer
  const location = headers.get('location') ?? ''
  if (status >= 300 && status < 400 && location.startsWith(back)) {
    const error = new URL(location).searchParams.get('error')
    return error === null ? undefined : `The EHR sends people back with ${error.slice(0, 40)}.`
  }
  if (status >= 300 && status < 400) return undefined
  if (status !== 200) return `Its sign-in page answers ${status}: client or redirect URI may be unknown.`
  const complains = /redirect[_ ]?uri|client[_ ]?id|unknown client|invalid client|not registered|unauthorized_client/i
  return complains.test(visible(text)) ? 'Its sign-in page speaks of an unknown client or redirect URI.' : undefined
}

/** The words of a page: scripts, forms and addresses carry our own client id and redirect URI. */
function visible(page: string): string {
  const [first, ...scripted] = page.split(/<(?:script|style)\b/i)
  const behind = scripted.flatMap((part) => part.split(/<\/(?:script|style)>/i).slice(1))
  return [first, ...behind].join(' ').replaceAll(/<[^<>]*>/g, ' ')
}
