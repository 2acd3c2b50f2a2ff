// The clinic's mail server as a clinic would have one, and stricter: nothing in the clear where it has a certificate, nobody without the password, one
// recipient, and a message that is what it says. Answers 5xx to what is not so, and says why in `wrong`; keeps what it takes, for people to look at.
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { type Board, boardOf } from '../board.ts'
import { type MailFault, mailFaultNames } from './faults.ts'
import { type Mail, readMail } from './read.ts'

export type TakenMail = Mail & {
  /** The envelope (RFC 5321, 3.3). */
  readonly sender: string
  readonly recipient: string
  readonly isSecure: boolean
}

export type MailServer = {
  readonly port: number
  /** In the order in which they came. */
  readonly taken: readonly TakenMail[]
  /** Why what was refused was refused, by nobody's fault but the sender's. */
  readonly wrong: readonly string[]
  /** How often somebody connected. */
  readonly asked: () => number
  /** How often somebody was let in by user and password. */
  readonly signedIn: () => number
  /** The same as a person switches them. */
  readonly board: Board
  readonly faults: {
    on(name: MailFault): void
    off(name: MailFault): void
    isOn(name: MailFault): boolean
    clear(): void
  }
  close(): Promise<void>
}

type Options = {
  readonly port?: number
  /** A certificate and its key, as PEM; without them everything is in the clear. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** `first`: the connection begins with TLS. `hidden`: it could, and does not say so, as where somebody on the way takes the offer out. */
  readonly offers?: 'first' | 'hidden'
  /** Who may send; anybody unless told. */
  readonly login?: { readonly user: string; readonly password: string }
}

class Refused extends Error {
  readonly responseCode: number
  constructor(responseCode: number, words: string) {
    super(words)
    this.responseCode = responseCode
  }
}

const mostBytes = 200_000

export async function startMailServer(options: Options = {}): Promise<MailServer> {
  const { port = 0, tls, offers, login } = options
  const state: State = { active: new Set(), taken: [], wrong: [], asked: 0, signedIn: 0 }
  const server = new SMTPServer({
    ...(tls ?? {}),
    ...{ secure: offers === 'first', authOptional: login === undefined, allowInsecureAuth: tls === undefined },
    ...{ disableReverseLookup: true, logger: false, size: mostBytes, closeTimeout: 100, banner: 'the clinic’s' },
    disabledCommands: [
      ...(login === undefined ? ['AUTH'] : []),
      ...(tls === undefined || offers === 'hidden' ? ['STARTTLS'] : []),
    ],
    ...answersOf(state, options),
    onData: takingMail(state, () => server.connections.forEach(cut)),
  })
  // Whoever leaves in the middle leaves.
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const { port: at } = server.server.address() as AddressInfo // sound: it listens on a port
  const { active, taken, wrong } = state
  const faults: MailServer['faults'] = {
    ...{ on: (name) => void active.add(name), off: (name) => void active.delete(name) },
    ...{ isOn: (name) => active.has(name), clear: () => active.clear() },
  }
  return {
    ...{ faults, board: boardOf('The clinic’s mail server', mailFaultNames, faults) },
    ...{ port: at, taken, wrong, asked: () => state.asked, signedIn: () => state.signedIn },
    close: () =>
      new Promise((done) => {
        server.connections.forEach(cut)
        server.close(() => done())
      }),
  }
}

type State = { active: Set<MailFault>; taken: TakenMail[]; wrong: string[]; asked: number; signedIn: number }

const answersOf = (
  state: State,
  { tls, login }: Options,
): Pick<SMTPServerOptions, 'onConnect' | 'onAuth' | 'onMailFrom' | 'onRcptTo'> => ({
  onConnect(_session, next) {
    state.asked++
    if (!state.active.has('mail-silent')) next()
  },
  onAuth({ username, password }, _session, next) {
    if (username !== login?.user || password !== login?.password) return next(new Refused(535, '5.7.8 no such login'))
    state.signedIn++
    next(null, { user: username })
  },
  onMailFrom(_address, { secure }, next) {
    next(secure || tls === undefined ? null : new Refused(530, '5.7.0 STARTTLS comes first'))
  },
  onRcptTo({ address }, { envelope }, next) {
    if (state.active.has('mail-nobody')) return next(new Refused(550, `5.1.1 nobody has ${address}`))
    if (state.active.has('mail-busy')) return next(new Refused(451, '4.3.0 later'))
    next(envelope.rcptTo.length > 0 ? refusing(state, 'more than one recipient') : null)
  },
})

function refusing({ wrong }: State, why: string): Refused {
  wrong.push(why)
  return new Refused(554, `5.6.0 ${why}`)
}

const takingMail =
  (state: State, cutAll: () => void): NonNullable<SMTPServerOptions['onData']> =>
  (stream, session, next) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => void parts.push(part))
    if (state.active.has('mail-cut')) return void stream.once('data', cutAll)
    stream.on('end', () => {
      if (state.active.has('mail-refuses')) return next(new Refused(554, '5.7.1 not wanted here'))
      const envelope = envelopeOf(session)
      readMail(Buffer.concat(parts), envelope).then(
        (mail) => {
          state.taken.push({ ...mail, ...envelope, isSecure: session.secure })
          next()
        },
        (cause: unknown) => next(refusing(state, cause instanceof Error ? cause.message : 'unreadable')),
      )
    })
  }

const cut = (connection: { _socket?: { destroy(): unknown } | undefined }) => void connection._socket?.destroy()

const envelopeOf = ({ envelope }: SMTPServerSession) => ({
  sender: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
  recipient: envelope.rcptTo[0]?.address ?? '',
})
