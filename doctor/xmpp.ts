// XMPP as a Jitsi speaks it: a stanza read into elements, and a stream over a websocket (RFC 7395) that signs in with a token.
// Refuses what is no XML, or no XMPP, and whoever keeps silent; knows nothing of rooms, and says nothing of the token to anybody else.
import { SaxesParser } from 'saxes'
import { WebSocket } from 'ws'

export type Element = {
  readonly name: string
  readonly xmlns: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}
type Building = Element & { children: Building[]; text: string }

export const escaped = (text: string) => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The one element of a websocket message, names without their prefixes. Throws at what is not well-formed. */
export function parsed(xml: string): Element {
  const top: Building = { name: '', xmlns: '', attrs: {}, children: [], text: '' }
  const open = [top]
  const parser = new SaxesParser({ xmlns: true })
  // RFC 6120, 11.1: nothing may define entities.
  parser.on('doctype', () => {
    throw new Error('not XMPP')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    const attrs = Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value]))
    const made: Building = { name: local, xmlns: uri, attrs, children: [], text: '' }
    open.at(-1)?.children.push(made)
    open.push(made)
  })
  parser.on('text', (text) => {
    const within = open.at(-1)
    if (within !== undefined) within.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  const [only] = top.children
  if (only === undefined) throw new Error('not one element')
  return only
}

/** The first element of that name anywhere below, and of that namespace where one is asked for. */
export function within(element: Element, name: string, xmlns?: string): Element | undefined {
  for (const child of element.children) {
    if (child.name === name && (xmlns === undefined || child.xmlns === xmlns)) return child
    const deeper = within(child, name, xmlns)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

/** Where a Jitsi is reached, and the domain its Prosody has for itself. */
export type Server = { readonly origin: string; readonly domain: string; readonly tenant?: string | undefined }

/** What is shown at the door. `previd` takes a cut stream up again; without a token one comes as a stranger. */
export type Presented = {
  readonly token?: string
  readonly room?: string
  readonly previd?: string | undefined
  readonly timeoutMs?: number
}

export type Said = 'connected' | { readonly refused: string }

/** Why there was no word about the token at all. */
export type Silence = 'no-connection' | 'no-xmpp' | 'no-such-domain' | 'cut' | 'no-answer'
export class Unheard extends Error {
  readonly why: Silence
  constructor(why: Silence) {
    super(`no word about the token: ${why}`)
    this.why = why
  }
}

const framing = 'urn:ietf:params:xml:ns:xmpp-framing'
const sasl = 'urn:ietf:params:xml:ns:xmpp-sasl'

export const socketAt = (origin: string, path: string, protocol?: string, handshakeTimeout = 5_000) =>
  new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocol === undefined ? [] : [protocol], {
    handshakeTimeout,
    maxPayload: 1_000_000,
  })

/**
 * Signs in as the web app does: without a name, the token in the address. `heard` gets every stanza after that; the answer is `connected`,
 * or the words of the refusal. Throws `Unheard` where there is neither within `timeoutMs` (five seconds unless told).
 */
export function signIn(
  { origin, domain, tenant }: Server,
  { timeoutMs = 5_000, ...shown }: Presented,
  heard: (stanza: Element) => void,
): Promise<{ socket: WebSocket; said: Said }> {
  const given = Object.entries(shown).filter((one): one is [string, string] => one[1] !== undefined)
  const path = `${tenant === undefined ? '' : `/${tenant}`}/xmpp-websocket`
  const query = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  const socket = socketAt(origin, path + query, 'xmpp', timeoutMs)
  return new Promise((done, fail) => {
    const end = (why: Silence) => {
      clearTimeout(limit)
      socket.terminate()
      fail(new Unheard(why))
    }
    const limit = setTimeout(() => end('no-answer'), timeoutMs)
    const answer = (said: Said) => {
      clearTimeout(limit)
      done({ socket, said })
    }
    converse(socket, domain, { answer, heard, end })
  })
}

type Ears = {
  readonly answer: (said: Said) => void
  readonly heard: (stanza: Element) => void
  readonly end: (why: Silence) => void
}

function converse(socket: WebSocket, domain: string, { answer, heard, end }: Ears): void {
  const opening = `<open xmlns="${framing}" to="${escaped(domain)}" version="1.0"/>`
  let stage: 'opening' | 'open' | 'talking' | 'signed in' = 'opening'
  const read = (stanza: Element) => {
    if (stage === 'open') stage = 'talking'
    if (stanza.name === 'features' && stage === 'signed in') answer('connected')
    else if (within(stanza, 'mechanism')) socket.send(`<auth xmlns="${sasl}" mechanism="ANONYMOUS"/>`)
    else if (stanza.name === 'failure') answer({ refused: within(stanza, 'text')?.text ?? '' })
    else if (stanza.name === 'success') {
      stage = 'signed in'
      socket.send(opening)
    } else if (within(stanza, 'host-unknown')) end('no-such-domain')
    else if (stanza.name !== 'open') heard(stanza)
  }
  socket.on('open', () => {
    stage = 'open'
    socket.send(opening)
  })
  socket.on('message', (raw) => {
    const stanza = readable(String(raw))
    return stanza === undefined ? end('no-xmpp') : read(stanza)
  })
  socket.on('error', () => end('no-connection'))
  socket.on('close', () => end(stage === 'opening' ? 'no-connection' : stage === 'open' ? 'no-xmpp' : 'cut'))
}

function readable(xml: string): Element | undefined {
  try {
    return parsed(xml)
  } catch {
    return undefined
  }
}
