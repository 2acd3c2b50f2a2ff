// One greedy patient, signed in like any other, who takes all that can be taken: event streams, requests that never end, answers that nobody
// reads, connections that say nothing; what is cut off is opened again. And beside them a clinician who writes, and people who come.
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ehr } from '../sandbox/ehr/contract.ts'
import { arrive, atCallback, chensDay } from './hospital.ts'
import { askAnew } from './http.ts'
import type { Page, Seed } from './seed.ts'

export type Greed = {
  /** How many connections were opened so far. */
  readonly opened: () => number
  /** Lets all go. */
  stop(): void
}

/** How many of each kind they hold, as far as they are let. */
const ofEach = 40
const againMs = 1_000

/** `page` is of a visit that they may see. */
export function greedy({ visit, headers }: Page): Greed {
  const { host, hostname, port, pathname, origin } = new URL(visit)
  const [home = ''] = pathname.split('/api/')
  const head = (line: string, more: Readonly<Record<string, string | number>> = {}) =>
    [`${line} HTTP/1.1`, ...fields({ host, cookie: String(headers.cookie), origin, ...more })].join('\r\n')
  const kinds: readonly string[] = [
    `${head(`GET ${pathname}/events`)}\r\n\r\n`, // a stream
    '', // says nothing
    head(`GET ${pathname}`), // a head that never ends
    `${head(`POST ${pathname}/presence`, { 'content-type': 'application/json', 'content-length': 1000 })}\r\n\r\n{`,
    `${head(`GET ${home}/api/me`)}\r\n\r\n`.repeat(50), // answers that nobody reads
    `${head(`GET ${pathname}`)}\r\n\r\n`, // asked, and kept open
  ]
  const held = new Set<Socket>()
  let [over, opened] = [false, 0]
  const hold = async (said: string, reads: boolean): Promise<void> => {
    while (!over) {
      opened++
      await heldOpen(held, connect({ host: hostname, port: Number(port) }), said, reads)
      await sleep(againMs)
    }
  }
  for (const said of kinds) for (let n = 0; n < ofEach; n++) void hold(said, !said.includes('/api/me'))
  return {
    opened: () => opened,
    stop() {
      over = true
      for (const socket of held) socket.destroy()
    },
  }
}

const fields = (of: Readonly<Record<string, string | number>>) =>
  Object.entries(of).map(([name, value]) => `${name}: ${value}`)

/** Settles when the other side has had enough of it. */
function heldOpen(held: Set<Socket>, socket: Socket, said: string, reads: boolean): Promise<void> {
  held.add(socket)
  if (reads) socket.resume()
  socket.on('error', () => undefined) // cut off: opened again
  socket.write(said)
  return new Promise((done) => {
    socket.once('close', () => {
      held.delete(socket)
      done()
    })
  })
}

export type Beside = { readonly saved: number; readonly arrived: number; readonly trouble: readonly string[] }

/** So many notes are saved, one after the other, and so many people sign in: each by a connection of its own. */
export async function besides(
  { url, ehr, desk }: { readonly url: string; readonly ehr: Ehr; readonly desk: Seed['desk'] },
  { notes, people }: { readonly notes: number; readonly people: number },
): Promise<Beside> {
  const trouble: string[] = []
  const went = async (act: () => Promise<string | undefined>): Promise<boolean> => {
    const what = await act().catch((cause: unknown) => String(cause))
    if (what !== undefined) trouble.push(what)
    return what === undefined
  }
  let [saved, arrived] = [0, 0]
  for (let n = 0; n < notes; n++) if (await went(() => saveNote(desk, n))) saved++
  for (let n = 0; n < people; n++) if (await went(() => comeIn(url, ehr))) arrived++
  return { saved, arrived, trouble }
}

async function saveNote(desk: Seed['desk'], n: number): Promise<string | undefined> {
  const page = desk[n % desk.length]
  if (page === undefined) throw new Error('nobody is at the desk')
  const body = { subjective: `Sleeps badly, ${n}.`, objective: '', assessment: '', plan: '' }
  const headers = { ...page.headers, 'if-match': `W/"${Math.floor(n / desk.length)}"` }
  const { status, text } = await askAnew(`${page.visit}/note`, { method: 'PUT', headers, body })
  return status === 200 ? undefined : `a note: ${status} ${text}`
}

async function comeIn(url: string, ehr: Ehr): Promise<string | undefined> {
  const { home, headers } = await arrive(url, await atCallback(url, ehr, chensDay, askAnew), askAnew)
  const { status, text } = await askAnew(`${home}/api/me`, { headers })
  return status === 200 ? undefined : `somebody new: ${status} ${text}`
}
