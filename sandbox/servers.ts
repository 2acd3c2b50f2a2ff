// Owns the hospital and the Jitsi of a stage, for whichever app is registered there: the demo's own, or somebody's.

import { clinicChart, clinicDay } from '../fhir-fixtures/day.ts'
import type { Board } from './board.ts'
import type { Client, Ehr } from './ehr/contract.ts'
import { startEhr } from './ehr/main.ts'
import type { Personality } from './ehr/personality.ts'
import { type Jitsi, type JitsiOptions, startJitsi } from './jitsi/main.ts'
import type { ReservationsOptions } from './jitsi/reservations.ts'
import { type MailServer, startMailServer } from './mail/server.ts'
import { type Certified, inFront } from './tls.ts'

/** An app as an EHR and a Jitsi know it. */
export type RegisteredApp = {
  /** Its origin, as browsers know it. */
  readonly url: string
  readonly clients: readonly Client[]
  /** Whose tokens Jitsi takes. */
  readonly realm: Pick<JitsiOptions, 'issuer' | 'audience' | 'domain'> & { readonly secret: string }
  /** Whom Jitsi asks before a room begins; nobody when absent. */
  readonly reservations?: ReservationsOptions
}

export type Servers = {
  readonly ehr: Ehr
  readonly jitsi: Jitsi
  readonly second?: Jitsi
  /** Where there is one. */
  readonly mail?: MailServer
  close(): Promise<void>
}

type ServersOptions = {
  readonly ports: { readonly ehr: number; readonly jitsi: number }
  readonly personality?: Personality
  /** The charts have more in them than a visit needs. */
  readonly chart?: boolean
  readonly secondJitsi?: boolean
  readonly heavyBytes?: number
  /** The clinic has a mail server. */
  readonly mail?: boolean
  readonly tls?: Certified | undefined
  /** Where the app listens itself, and where TLS ends in front of it, if it does. */
  readonly port?: number
  readonly front?: number | undefined
}

/** Where one part does not open, those that did are closed again. */
export async function openServers(registered: RegisteredApp, options: ServersOptions): Promise<Servers> {
  const { url, clients, realm, reservations } = registered
  const { ports, personality, chart, secondJitsi, heavyBytes, tls, port, front } = options
  const now = new Date()
  const mail = options.mail ? await startMailServer() : undefined
  const opened: { close(): Promise<unknown> }[] = mail === undefined ? [] : [mail]
  const close = async () => void (await Promise.all(opened.map((one) => one.close())))
  const boards: Board[] = []
  const certificate = tls && { tls }
  try {
    const ehr = await startEhr({
      ...{ port: ports.ehr, otherBoards: () => boards, ...certificate, clients },
      launchUrls: [{ url: `${url}/launch.html`, title: 'Housecall' }],
      ...(personality && { personality }),
      ...(chart && { resources: [...clinicDay(now), ...clinicChart(now)] }),
      ...(mail && { mails: () => mail.taken }),
    })
    opened.push(ehr)
    const jitsis = {
      ...realm,
      ...(reservations && { reservations }),
      ...certificate,
      frameAncestors: [url, ehr.origin],
    }
    const weight = heavyBytes === undefined ? {} : { heavyBytes }
    const jitsi = await startJitsi({ ...jitsis, ...weight, port: ports.jitsi })
    opened.push(jitsi)
    boards.push(jitsi.board, ...(mail === undefined ? [] : [mail.board]))
    if (tls !== undefined && front !== undefined && port !== undefined)
      opened.push({ close: await inFront(tls, { host: 'localhost', port: front, inner: port }) })
    const all = { ehr, jitsi, ...(mail && { mail }), close }
    if (!secondJitsi) return all
    const second = await startJitsi(jitsis)
    opened.push(second)
    return { ...all, second }
  } catch (cause) {
    await close()
    throw cause
  }
}
