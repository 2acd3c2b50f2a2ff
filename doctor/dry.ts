// The dry question to the authorization endpoint, asked as the app would: where a browser would be sent. It signs nobody in. It is read by
// signs, and fails a visit only where our own request was refused in so many words.
import { Refusal } from '../server/domain/errors.ts'
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

/** `error`: our request was sent back with it. `strange`: the page seems not to know our client. */
export type SignInPage = { readonly finding: Finding; readonly error?: string; readonly strange: boolean }

export async function authorizationEndpoint(world: World, { config, issuer }: Ours, smart: Smart): Promise<SignInPage> {
  const asked = about('authorize', 'the authorization endpoint, without following it')
  const departure = await smart.begin(issuer, {}).catch(whyNot)
  if (departure === 'contested') {
    const means = 'Another EHR on the list goes by its issuer: nobody signs in at either.'
    return { finding: asked.failed(means, { ask: contested }), strange: false }
  }
  if (departure === 'none') return { finding: asked.unchecked('There is no sign-in to ask.'), strange: false }
  const { way } = departure
  const answer = await (way.by === 'get'
    ? request(world, way.url, { accept: 'text/html' })
    : request(world, way.action, { accept: 'text/html', form: way.fields }))
  const back = redirectUriOf(config, issuer)
  const error = errorIn(answer, back)
  const details = answer.came ? [`status: ${answer.status}`] : []
  if (error === 'invalid_scope') {
    const extra = { ask: ownScopes, details: [...details, `error: ${error}`] }
    return { finding: asked.failed(refusedScopes, extra), error, strange: false }
  }
  const ask = ofEhr(
    `See that ${back} is registered to the letter for client ${issuer.clientId}, launched at ${launchUrl(config.url)}.`,
  )
  if (error !== undefined) {
    const means = `From our own page, the EHR sends people back with ${error.slice(0, 40)}.`
    const why = ofEhr(`See why a sign-in of client ${issuer.clientId} without a launch is sent back with an error.`)
    return {
      finding: asked.warning(means, { ask: why, details: [...details, `error: ${error.slice(0, 40)}`] }),
      error,
      strange: false,
    }
  }
  const wrong = signOf(answer)
  if (wrong !== undefined) return { finding: asked.warning(wrong, { ask, details }), strange: answer.came }
  return { finding: asked.ok('The EHR would ask people to sign in, and send them back here.'), strange: false }
}

const refusedScopes = 'Sign-in would fail: the EHR refuses the scopes we ask for (invalid_scope).'
const ownScopes = ofUs(
  'Set "scopes" to those the EHR has for this client, or have it add the ones that are asked for: at Keycloak each must exist.',
)

const whyNot = (cause: unknown) =>
  cause instanceof Refusal && cause.code === 'issuer-contested' ? ('contested' as const) : ('none' as const)

const contested = ofUs(
  'Two EHRs on the list name one issuer and have other endpoints: compare them, and take the wrong one off the list.',
)

/** The error our request was sent back with, if it was. */
function errorIn(answer: Answer, back: string): string | undefined {
  if (!answer.came || answer.status < 300 || answer.status >= 400) return undefined
  const location = answer.headers.get('location') ?? ''
  if (!location.startsWith(back) || !URL.canParse(location)) return undefined
  return new URL(location).searchParams.get('error') ?? undefined
}

/** What speaks against a sign-in; undefined when nothing does. Where a client is not known, RFC 6749, 4.1.2.1 has a page shown. */
function signOf(answer: Answer): string | undefined {
  if (!answer.came) return `The sign-in page does not answer: ${answer.why}.`
  const { status, text } = answer
  if (status >= 300 && status < 400) return undefined
  if (status === 429) return 'The sign-in page is busy (429). Ask again in a while.'
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
