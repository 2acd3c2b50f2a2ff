// Owns an EHR that says whatever a test wants it to: its sign-in is skipped, its tokens and resources are made up on the spot.
// For what the sandbox EHR is too honest to say. Also a listener that must hear nothing.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JWTPayload, SignJWT } from 'jose'
import { keyPair } from '../../sandbox/key-pair.ts'

type Said = {
  /** Beside iss, aud, exp, iat, sub and the nonce. */
  claims?: Record<string, unknown>
  /** Beside access_token, token_type and id_token. */
  token?: Record<string, unknown>
  /** Replies by path below the FHIR base; everything else is a 404. */
  fhir?: Record<string, { readonly status?: number; readonly body: unknown }>
  /** Where it sends on whoever asks for a path below the FHIR base. */
  redirect?: Record<string, string>
  /** A path below the FHIR base that is never answered. */
  silent?: string
  /** Asked before everything else, by path: what it takes over is answered as it likes. */
  takeOver?: (path: string, request: IncomingMessage, response: ServerResponse) => boolean
  /** Beside the endpoints. */
  configuration?: Record<string, unknown>
  /** What it publishes in place of its own key. */
  keys?: readonly unknown[]
  /** Who signs its id_tokens in its place. */
  sign?: (claims: JWTPayload) => Promise<string>
}

/** What it says can be changed at any time; `heard` are the paths asked for, each with its Authorization. */
export async function startCrookedEhr(said: Said = {}) {
  const heard: { path: string; authorization: string | undefined }[] = []
  const { privateKey, publicKey } = keyPair('RS256')
  const jwk = { ...publicKey, kid: 'k', alg: 'RS256', use: 'sig' }
  let nonce = ''
  const { origin, close } = await listening(async (request, response) => {
    const path = request.url ?? ''
    heard.push({ path, authorization: request.headers.authorization })
    if (said.takeOver?.(path, request, response)) return
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (said.silent !== undefined && path === `/fhir${said.silent}`) return
    if (path === '/fhir/.well-known/smart-configuration') {
      // Relative endpoints are legacy, and resolved against the FHIR base.
      const endpoints = { authorization_endpoint: '../authorize', token_endpoint: '../token', jwks_uri: '/jwks' }
      return json({ issuer: origin, ...endpoints, ...said.configuration })
    }
    if (path === '/jwks') return json({ keys: said.keys ?? [jwk] })
    if (path === '/token') {
      const iat = Math.floor(Date.now() / 1000)
      const claims = { iss: origin, aud: 'housecall', sub: 'somebody', nonce, iat, ...said.claims }
      const signing = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' })
      const own = () => signing.setExpirationTime('5m').sign(privateKey)
      const id_token = await (said.sign?.({ ...claims, exp: iat + 300 }) ?? own())
      return json({ access_token: 'crooked', token_type: 'Bearer', scope: 'openid user/*.rs', id_token, ...said.token })
    }
    const onward = said.redirect?.[path.slice('/fhir'.length)]
    if (onward !== undefined) return response.writeHead(302, { location: onward }).end()
    const reply = said.fhir?.[path.slice('/fhir'.length)]
    return json(reply?.body ?? {}, reply?.status ?? (reply ? 200 : 404))
  })
  return {
    ...{ origin, heard, close, said },
    iss: `${origin}/fhir`,
    /** What our callback gets after a sign-in that our redirect led to. */
    callback(location: URL): string {
      nonce = location.searchParams.get('nonce') ?? ''
      const { pathname } = new URL(location.searchParams.get('redirect_uri') ?? '')
      return `${pathname}?${new URLSearchParams({ code: 'any', state: location.searchParams.get('state') ?? '' })}`
    },
  }
}

/** Something that only listens, and would answer with this; `heard` stays empty as long as nobody asks it anything. */
export async function startListener(answer: object = {}) {
  const heard: string[] = []
  const { origin, close } = await listening((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  return { origin, heard, close }
}

async function listening(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // sound: it listens on a port
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}
