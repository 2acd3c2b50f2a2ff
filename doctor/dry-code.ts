// The dry question to the token endpoint: a code that is none, asked as we are registered, and once more as a client that nobody has
// registered. Only where the two are answered differently does the answer speak of our client.
import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../server/domain/errors.ts'
import { given } from '../server/domain/given.ts'
import type { Smart } from '../server/outside/smart/smart.ts'
import type { Issuer } from '../server/settings/config.ts'
import { about, type Finding, ofEhr, ofUs } from './finding.ts'

/** What a token endpoint said to a code; nothing of it where no OAuth error came. */
type Said = { readonly error?: string; readonly status?: number; readonly description?: string }

/** `ours` is absent where there was no sign-in to ask. */
export type Codes = { readonly ours?: Said; readonly stranger?: Said }

export async function codesAnswered(issuer: Issuer, smart: Smart): Promise<Codes> {
  const [ours, stranger] = await Promise.all([
    answered(issuer, smart),
    answered({ ...issuer, clientId: randomUUID() }, smart),
  ])
  return given({ ours, stranger })
}

async function answered(issuer: Issuer, smart: Smart): Promise<Said | undefined> {
  const departed = await smart.begin(issuer, {}).catch(() => undefined)
  if (departed === undefined) return undefined
  const { state, server } = departed
  const code = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({ code, state, iss: server.issuers[0] ?? '' })
  return smart.finish(issuer, query, departed).then(
    () => undefined,
    (cause: unknown) => {
      const { description, ...said } = oauthErrorIn(cause)
      // Some say in it which client or which code they mean: apart from that, the two answers are compared.
      return { ...said, ...given({ description: description?.replaceAll(issuer.clientId, '').replaceAll(code, '') }) }
    },
  )
}

/** `strange`: the sign-in page, too, does not know our client. */
export function tokenEndpoint({ client }: Issuer, { ours, stranger }: Codes, strange: boolean): Finding {
  const asked = about('token-endpoint', 'the token endpoint, with a code that is none')
  if (ours === undefined) return asked.unchecked('There is no sign-in to ask.')
  const { error = '', status } = ours
  const details = [...(status === undefined ? [] : [`status: ${status}`]), ...(error === '' ? [] : [`error: ${error}`])]
  if (status === 429) return asked.warning('The token endpoint is busy (429). Ask again in a while.', { details })
  const isRefused = ['invalid_client', 'unauthorized_client'].includes(error) || status === 401
  if (isAlike(ours, stranger) && error !== '' && !(isRefused && strange))
    return asked.warning('Whether the EHR knows our client cannot be told from here: any code is answered alike.', {
      details,
      ask: ofUs('Sign in once: only a real code shows whether the EHR knows our client and takes its proof.'),
    })
  if (isRefused)
    return asked.failed('The EHR does not know our client, or does not take its proof.', {
      details,
      ask: unknownClient,
    })
  if (error === 'invalid_grant')
    return asked.ok(`The EHR knows our client${client === 'public' ? '' : ', and takes its proof'}.`, { details })
  return asked.warning('Whether the EHR knows our client, its answer does not say.', {
    details,
    ask: ofEhr('See in the log of the token endpoint what it made of a code that was none.'),
  })
}

const isAlike = (ours: Said, stranger: Said | undefined): boolean =>
  stranger !== undefined &&
  (['error', 'status', 'description'] as const).every((member) => ours[member] === stranger[member])

const unknownClient = ofUs(
  'Compare client id, kind of client and JWKS URL with the registration. A new Epic client id takes up to 12 h.',
)

const OAuthProblem = z.looseObject({
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
  cause: z.unknown(),
})

/** What the token endpoint said, however deep the app's own refusal has wrapped it. */
function oauthErrorIn(cause: unknown): Said {
  // An answer that is no OAuth error at all, as of a busy server or one that is out of order.
  if (cause instanceof Response) return { status: cause.status }
  if (cause instanceof Refusal && cause.code === 'ehr-busy') return { status: 429 }
  if (!(cause instanceof Error)) return {}
  const read = OAuthProblem.safeParse({ ...cause, cause: cause.cause })
  const { error, status, error_description: description } = read.data ?? {}
  if (error !== undefined) return { error, ...given({ status, description }) }
  const deeper = oauthErrorIn(cause.cause)
  return deeper.status === undefined && status !== undefined ? { ...deeper, status } : deeper
}
