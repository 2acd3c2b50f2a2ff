// Security headers: what may run, who may frame us, which devices Jitsi may use. They are one clinic's, and never another's.
// Refuses everything that this clinic's settings do not name; and every Jitsi and every device to whoever is not signed in there.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request, Response } from 'express'
import helmet from 'helmet'
import { withoutSlash } from '../domain/ehr/reference.ts'
import type { Config, Organisation } from '../settings/config.ts'
import { know, knownOf } from './guards.ts'

/** An issuer belongs to one clinic: by it each knows whose headers they are. What is made here is made once, at the start. */
export type Headers = {
  /** For every reply, until more is known of it: no Jitsi, no device, and in nobody's frame. */
  first(request: Request, response: Response): void
  /**
   * For a page that says in words how it is with a sign-in: no Jitsi, no device, in the frames of this issuer's clinic. Where nobody
   * knows whose it is (a sign-in that ended or never was, a browser that keeps our cookie from the frame, an issuer that is not
   * listed), in those of every listed EHR: one of them stands around the page, and would show an empty frame in place of the words
   * and the way back. Such a page has nothing of anybody; where the clinic is known, it says how to reach it.
   */
  inWords(response: Response, iss?: unknown): void
  /** For whoever is signed in by this issuer: their clinic's Jitsis run and have the devices, their clinic's EHRs frame us. */
  signedIn(response: ServerResponse, iss: string): void
  /** All of these for whoever is signed in by this issuer, as one list, names and values by turns, for a head that is written at once. */
  listed(response: Response, iss: string): readonly string[]
}

export function openHeaders(config: Config): Headers {
  const https = new URL(config.url).protocol === 'https:'
  const always = saidBy(
    helmet({
      contentSecurityPolicy: false, // differs, see below
      frameguard: false, // frame-ancestors says it, and X-Frame-Options cannot name an origin
      referrerPolicy: { policy: 'no-referrer' },
      hsts: https,
      crossOriginOpenerPolicy: false, // the EHR's window stays our opener's, so that it can close us
    }),
  )
  const first = [...always, ...policies({ frames: [], jitsi: [] })]
  const anyEhr = policies({ frames: ["'self'", ...config.organisations.flatMap((o) => o.frameAncestors)], jitsi: [] })
  const clinics = new Map<unknown, ReturnType<typeof clinicHeaders>>(
    config.organisations.flatMap((o) => o.issuers.map(({ iss }) => [iss, clinicHeaders(o)] as const)),
  )
  const named = (iss: unknown) => clinics.get(typeof iss === 'string' ? withoutSlash(iss) : undefined)
  const listed = new Map([...clinics].map(([iss, { signedIn }]) => [iss, [...always, ...signedIn].flat()]))
  const listedForAny = [...always, ...anyEhr].flat()
  return {
    first(_request, response) {
      say(response, [...numbered(response), ...first])
    },
    inWords(response, iss) {
      const clinic = named(iss)
      know(response.req, { clinic: clinic?.organisation })
      say(response, clinic?.inWords ?? anyEhr)
    },
    signedIn: (response, iss) => say(response, clinics.get(iss)?.signedIn ?? anyEhr),
    listed: (response, iss) => [...(listed.get(iss) ?? listedForAny), ...numbered(response).flat()],
  }
}

/** Whoever reads it out lets the lines of their request be found. */
function numbered(response: Response): readonly Header[] {
  const { requestId } = knownOf(response)
  return requestId === undefined ? [] : [['X-Request-Id', requestId]]
}

function clinicHeaders(organisation: Organisation) {
  const { frameAncestors, jitsi } = organisation
  const frames = ["'self'", ...frameAncestors]
  const origins = jitsi.servers.map(({ origin }) => origin)
  const scripts = jitsi.servers.flatMap(({ origin, script }) => (script === undefined ? [origin] : []))
  return {
    organisation,
    inWords: policies({ frames, jitsi: [] }),
    signedIn: policies({ frames, jitsi: origins, scripts, devices: ['self'] }),
  }
}

type Allowed = {
  /** Who may frame us, as CSP says it. */
  readonly frames: readonly string[]
  /** Origins whose rooms may stand in our pages. */
  readonly jitsi: readonly string[]
  /** Of these, those whose script runs in our pages as they serve it: no hash in the settings says which one may. */
  readonly scripts?: readonly string[]
  /** Who may use them besides Jitsi, as Permissions-Policy says it; nobody unless told. */
  readonly devices?: readonly string[]
}

const delegated = [
  'camera',
  'microphone',
  'display-capture',
  'autoplay',
  'fullscreen',
  'speaker-selection',
  'screen-wake-lock',
]

function policies({ frames, jitsi, scripts = [], devices = [] }: Allowed): readonly Header[] {
  const orNone = (sources: readonly string[]) => (sources.length === 0 ? ["'none'"] : [...new Set(sources)])
  const content = helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...scripts],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      mediaSrc: ["'self'", 'blob:'],
      frameSrc: orNone(jitsi),
      frameAncestors: orNone(frames),
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
  })
  const allowed = [...devices, ...jitsi.map((origin) => `"${origin}"`)].join(' ')
  return [...saidBy(content), ['Permissions-Policy', delegated.map((device) => `${device}=(${allowed})`).join(', ')]]
}

/**
 * For one reply, whose form takes a browser to an EHR's sign-in: it may lead to these origins, and on from there to whatever host the EHR
 * signs people in on. Chromium holds redirects after a form to form-action as well (CSP 3), and nobody says beforehand which host that is.
 */
export function formsMayReach(response: ServerResponse, origins: readonly string[]): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
  const onward = ['https:', ...(origins.some((one) => one.startsWith('http:')) ? thisMachine : [])]
  const wider = policy.replace(/form-action 'self'/, (own) => [own, ...origins, ...onward].join(' '))
  response.setHeader('Content-Security-Policy', wider)
}

/** Where an EHR without TLS may be at all. */
const thisMachine = ['http://localhost:*', 'http://127.0.0.1:*']

type Header = readonly [name: string, value: string]

function say(response: ServerResponse, headers: readonly Header[]): void {
  for (const [name, value] of headers) response.setHeader(name, value)
}

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
