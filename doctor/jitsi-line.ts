// One person of the doctor's own making at a Jitsi: signed in with a token, able to ask, and to wait for what comes.
// Refuses to wait longer than a check may take, and does not stay when the check is over.
import { WebSocket } from 'ws'
import type { World } from './request.ts'
import { type Element, escaped, type Presented, type Server, type Silence, signIn, Unheard, within } from './xmpp.ts'

export type Line = {
  /** The address it was given, with its resource. */
  readonly jid: string
  send(stanza: string): void
  /** The first stanza that fits, of those that came and were not waited for yet or that come within `ms`; the time of a check unless told. */
  next(fits: (stanza: Element) => boolean, ms?: number): Promise<Element | undefined>
  /** The answer to a question of one element; undefined where none came within `ms`, the time of a check unless told. */
  ask(type: 'get' | 'set', to: string, body: string, ms?: number): Promise<Element | undefined>
  /** Settles once the line is closed. */
  leave(): Promise<void>
}

/** What came of a token: it was taken, refused in these words, or got no word at all. */
export type Shown =
  | { readonly came: 'in'; readonly line: Line }
  | { readonly came: 'refused'; readonly text: string; readonly at: number }
  | { readonly came: 'unheard'; readonly why: Silence }

/** Shows what there is to show, and stays on the line if it is let in. */
export async function connect(world: World, server: Server, entry: Presented): Promise<Shown> {
  const box = inbox()
  try {
    let say: (stanza: string) => void = () => undefined
    const heard = (stanza: Element) => {
      const answer = owedTo(stanza)
      if (answer !== undefined) say(answer)
      box.put(stanza)
    }
    const { socket, said } = await signIn(server, { ...entry, timeoutMs: world.timeoutMs }, heard)
    say = (stanza) => socket.send(stanza)
    const leave = () => hangUp(socket)
    if (said !== 'connected') {
      await leave()
      return { came: 'refused', text: said.refused, at: world.now() }
    }
    const line = lineOver(say, box, world.timeoutMs)
    return { came: 'in', line: { ...line, jid: await bound(line), leave } }
  } catch (cause) {
    if (cause instanceof Unheard) return { came: 'unheard', why: cause.why }
    throw cause
  }
}

const disco = 'http://jabber.org/protocol/disco#info'
/** As a browser has them: jicofo asks everybody who comes into a room, and waits for the answer. */
const features = ['urn:xmpp:jingle:apps:rtp:audio', 'urn:xmpp:jingle:apps:rtp:video']

/** What must be answered by whoever is on a line (RFC 6120, 8.2.3): what it can do, and that an invitation to a videobridge came. */
function owedTo(stanza: Element): string | undefined {
  const { id = '', from = '', type } = stanza.attrs
  const result = (body: string) =>
    `<iq xmlns="jabber:client" id="${escaped(id)}" type="result" to="${escaped(from)}">${body}</iq>`
  if (stanza.name !== 'iq') return undefined
  if (type === 'set' && within(stanza, 'jingle') !== undefined) return result('')
  const query = type === 'get' ? within(stanza, 'query', disco) : undefined
  if (query === undefined) return undefined
  const { node } = query.attrs
  const named = node === undefined ? '' : ` node="${escaped(node)}"`
  return result(
    `<query xmlns="${disco}"${named}>${features.map((name) => `<feature var="${name}"/>`).join('')}</query>`,
  )
}

/** RFC 7395, 3.6; a server that does not close in turn is not waited for. */
function hangUp(socket: WebSocket): Promise<void> {
  return new Promise((done) => {
    if (socket.readyState === WebSocket.CLOSED) return done()
    const limit = setTimeout(() => socket.terminate(), 1_000)
    socket.once('close', () => {
      clearTimeout(limit)
      done()
    })
    socket.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')
    socket.close()
  })
}

function lineOver(send: (stanza: string) => void, box: Inbox, timeoutMs: number): Pick<Line, 'send' | 'next' | 'ask'> {
  let asked = 0
  const next: Line['next'] = (fits, ms = timeoutMs) => box.next(fits, ms)
  return {
    send,
    next,
    ask(type, to, body, ms) {
      asked += 1
      const id = `doctor-${asked}`
      const answer = next(({ name, attrs }) => name === 'iq' && attrs.id === id, ms)
      const address = to === '' ? '' : ` to="${escaped(to)}"`
      send(`<iq xmlns="jabber:client" id="${id}" type="${type}"${address}>${body}</iq>`)
      return answer
    },
  }
}

/** RFC 6120, 7. Without an address nothing more is answered, which each question then finds out. */
async function bound(line: Pick<Line, 'ask'>): Promise<string> {
  const answer = await line.ask('set', '', '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>')
  return (answer && within(answer, 'jid')?.text) ?? ''
}

const mostKept = 1_000

type Inbox = ReturnType<typeof inbox>
function inbox() {
  const kept: Element[] = []
  const waiting = new Set<(stanza: Element) => boolean>()
  return {
    put(stanza: Element) {
      for (const take of waiting) if (take(stanza)) return
      kept.push(stanza)
      // Of somebody who talks without end, the oldest is forgotten.
      if (kept.length > mostKept) kept.shift()
    },
    next(fits: (stanza: Element) => boolean, ms: number): Promise<Element | undefined> {
      const at = kept.findIndex(fits)
      if (at >= 0) return Promise.resolve(kept.splice(at, 1)[0])
      return new Promise((done) => {
        const end = (stanza?: Element) => {
          clearTimeout(limit)
          waiting.delete(take)
          done(stanza)
        }
        const take = (stanza: Element) => {
          if (!fits(stanza)) return false
          end(stanza)
          return true
        }
        const limit = setTimeout(end, ms)
        waiting.add(take)
      })
    },
  }
}
