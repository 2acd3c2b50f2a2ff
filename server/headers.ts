// Security headers for every reply: what may run, who may frame us, which devices Jitsi may use.
// Refuses everything that the organisations' settings do not name.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from './config.ts'

/** helmet, with the configured Jitsi origins and the EHRs that may frame us. */
export function securityHeaders(config: Config): RequestHandler {
  const jitsi = [...new Set(config.organisations.flatMap((o) => o.jitsi.servers.map(({ origin }) => origin)))]
  const frames = [...new Set(config.organisations.flatMap((o) => o.frameAncestors))]
  const https = new URL(config.url).protocol === 'https:'
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...jitsi],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        frameSrc: jitsi,
        frameAncestors: ["'self'", ...frames],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    frameguard: false, // frame-ancestors says it, and X-Frame-Options cannot name an origin
    referrerPolicy: { policy: 'no-referrer' },
    hsts: https,
    crossOriginOpenerPolicy: false, // the EHR's window stays our opener's, so that it can close us
  })
  const devices = [
    'camera',
    'microphone',
    'display-capture',
    'autoplay',
    'fullscreen',
    'speaker-selection',
    'screen-wake-lock',
  ]
  const allowed = ['self', ...jitsi.map((origin) => `"${origin}"`)].join(' ')
  const permissions = devices.map((device) => `${device}=(${allowed})`).join(', ')
  const said: readonly Header[] = [...saidBy(headers), ['Permissions-Policy', permissions]]
  return (_request, response, next) => {
    for (const [name, value] of said) response.setHeader(name, value)
    next()
  }
}

/** For one reply: its form may lead to these origins too, and what they redirect to must be among them (CSP 3, form-action). */
export function formsMayReach(response: ServerResponse, origins: readonly string[]): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
  const wider = policy.replace(/form-action 'self'/, (own) => [own, ...origins].join(' '))
  response.setHeader('Content-Security-Policy', wider)
}

type Header = readonly [name: string, value: string]

/** What helmet says. Nothing of it depends on a request, so it is asked once and not, in a dozen steps, at every reply. */
function saidBy(middleware: ReturnType<typeof helmet>): readonly Header[] {
  const said = new Map<string, string>()
  const response = {
    setHeader: (name: string, value: string) => said.set(name, value),
    removeHeader: (name: string) => said.delete(name),
  }
  // Sound: helmet's parts look at no request and only set and remove headers; another that did more would fail here, at the start.
  middleware({} as IncomingMessage, response as unknown as ServerResponse, (cause) => {
    if (cause) throw cause
  })
  return [...said]
}
