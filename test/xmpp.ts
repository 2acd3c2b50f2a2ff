// Owns the little XMPP a test needs: a stanza read into elements, and a stream over a websocket (RFC 7395) that signs in with a token.
// Refuses what is not well-formed; knows nothing of rooms.
import { once } from 'node:events'
import { WebSocket } from 'ws'

export type Element = {
  readonly name: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const plain = (text: string) => text.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)
export const escaped = (text: string) => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The one element of a websocket message. */
export function parsed(xml: string): Element {
  const top: Building = { name: '', attrs: {}, children: [], text: '' }
  const open = [top]
  for (const [, end, name, attrs = '', empty, text] of xml.matchAll(/<(\/)?([^\s/>]+)([^>]*?)(\/)?>|([^<]+)/g)) {
    const parent = open.at(-1)
    if (parent === undefined) break
    if (name === undefined) parent.text += plain(text ?? '')
    else if (end !== undefined) open.pop()
    else {
      const made: Building = { name, attrs: attributesOf(attrs), children: [], text: '' }
      parent.children.push(made)
      if (empty === undefined) open.push(made)
    }
  }
  const [only] = top.children
  if (only === undefined || open.length !== 1) throw new Error('not one element')
  return only
}
type Building = Element & { children: Building[]; text: string }

const attributesOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/([^\s=]+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g)].map(([, name, one, two]) => [
      name,
      plain(one ?? two ?? ''),
    ]),
  )

/** The first element of that name anywhere below, and of that namespace where one is asked for. */
export function within(element: Element, name: string, xmlns?: string): Element | undefined {
  for (const child of element.children) {
    if (child.name === name && (xmlns === undefined || child.attrs.xmlns === xmlns)) return child
    const deeper = within(child, name, xmlns)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

export type Server = { readonly origin: string; readonly domain: string }

const framing = 'urn:ietf:params:xml:ns:xmpp-framing'
const sasl = 'urn:ietf:params:xml:ns:xmpp-sasl'

export const socketAt = (origin: string, path: string, protocol?: string) =>
  new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocol === undefined ? [] : [protocol])

/**
 * Signs in as the web app does: without a name, the token in the address (`previd`, when a cut stream is to be taken up again).
 * `heard` gets every stanza after that; the answer is `connected`, or the words of the refusal.
 */
export async function signIn(
  { origin, domain }: Server,
  { token, room, previd }: { token: string; room: string; previd?: string | undefined },
  heard: (stanza: Element) => void,
): Promise<{ socket: WebSocket; said: 'connected' | { refused: string } }> {
  const query = new URLSearchParams({ room, token, ...(previd === undefined ? {} : { previd }) })
  const socket = socketAt(origin, `/xmpp-websocket?${query}`, 'xmpp')
  const opening = `<open xmlns="${framing}" to="${domain}" version="1.0"/>`
  const said = new Promise<'connected' | { refused: string }>((answer, fail) => {
    let signedIn = false
    socket.on('message', (raw) => {
      const stanza = parsed(String(raw))
      if (stanza.name === 'stream:features' && signedIn) answer('connected')
      else if (within(stanza, 'mechanism')) socket.send(`<auth xmlns="${sasl}" mechanism="ANONYMOUS"/>`)
      else if (stanza.name === 'failure') answer({ refused: within(stanza, 'text')?.text ?? '' })
      else if (stanza.name === 'success') {
        signedIn = true
        socket.send(opening)
      } else if (stanza.name !== 'open') heard(stanza)
    })
    socket.on('close', () => fail(new Error('the stream ended without a word about the token')))
    AbortSignal.timeout(5_000).addEventListener('abort', () =>
      fail(new Error('no word about the token in five seconds')),
    )
  })
  said.catch(() => socket.terminate())
  await once(socket, 'open')
  socket.send(opening)
  return { socket, said: await said }
}
