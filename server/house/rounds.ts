// Telling the outside by itself: reads the trail on whenever a line is written, sends what is due, and ends without waiting for long. The webhooks'
// and the patients' notices go round in the same way.
import type { Log } from '../outside/record/record.ts'
import type { TrailReading } from './webhook-trail.ts'

export type Rounds = {
  /** Goes on where it was left off. Until then, and where nobody is told anything, nothing is read and nothing sent. */
  begin(): Promise<void>
  /** Reads what has happened since, and begins to send what is due. */
  round(): Promise<void>
  /** Settles once nothing is under way. */
  idle(): Promise<void>
  /** A line was written into the trail. */
  stir(): void
  /** Sends by itself from now on; answers how to end that, leaving what is under way two seconds. */
  start(): () => Promise<void>
}

type Parts = {
  readonly reading: TrailReading
  readonly sending: { sendDue(): void; idle(): Promise<void>; close(): void }
  readonly isAnybodyTold: boolean
  /** Puts what is kept of the last time before the sending; `unread` is told of what cannot be read. */
  readonly recall: (unread: (cause: unknown) => void) => Promise<void>
  readonly log: Log
  readonly every: (ms: number, act: () => void) => () => void
}

const tickMs = 1_000
const lastMs = 2_000

export function openRounds({ reading, sending, isAnybodyTold, recall, log, every }: Parts): Rounds {
  let isBegun = false
  const round = async () => {
    if (!isBegun) return
    await reading.readOn()
    sending.sendDue()
  }
  // Visits take place also where what was to be told of them cannot be read: a key has left the ring, or a file is torn.
  const unread = (cause: unknown) => log.error('store-fault', {}, cause)
  const stir = () => void round().catch(unread)
  return {
    async begin() {
      if (!isAnybodyTold) return reading.forget()
      await recall(unread)
      await reading.begin().catch(async (cause: unknown) => {
        unread(cause)
        await reading.forget()
        await reading.begin()
      })
      isBegun = true
    },
    round,
    idle: sending.idle,
    stir,
    start() {
      const stop = isBegun ? every(tickMs, sending.sendDue) : () => undefined
      stir()
      return async () => {
        stop()
        isBegun = false
        sending.close()
        await Promise.race([sending.idle(), new Promise((done) => setTimeout(done, lastMs).unref())])
      }
    },
  }
}
