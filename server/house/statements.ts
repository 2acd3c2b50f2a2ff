// What each EHR says of itself at /metadata: asked for in the background, kept for an hour, and the last good word kept beyond.
// Refuses nothing: who waits longer than they would is told the last good word, or that there is none, or that the EHR is busy.
import { asServer, type Statement } from '../domain/ehr/capability.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Iss } from '../domain/ids.ts'
import { inTime } from './in-time.ts'

/** `briefly` for a page that somebody looks at; `long` where what is known decides what is sent into a chart. */
export type Patience = 'briefly' | 'long'

/** From when it was asked, in milliseconds: so nobody waits twice for the same silence. HAPI's 1.8 MB take eight seconds on a busy machine, and longer when it has just started. */
const patienceMs: Readonly<Record<Patience, number>> = { briefly: 3_000, long: 20_000 }
const keptMs = 60 * 60_000
/** How long an EHR that did not say is not asked again, in milliseconds: who does not answer is not waited for at each page. */
const silentMs = 60_000

type Ask = () => Promise<Statement | undefined>
/** `busyUntil`, in milliseconds since 1970: it answered 429, has said nothing so far, and is asked again from then on. */
type Said = { readonly statement?: Statement; readonly busyUntil?: number }
type Asked = { readonly at: number; readonly until: number; readonly said: Promise<Said> }

/** `now` in milliseconds since 1970. One question at a time for each EHR, for all who wait for it. */
export function openStatements(now: () => number) {
  const latest = new Map<Iss, Asked>()
  const good = new Map<Iss, Statement>()
  const asking = (iss: Iss, ask: Ask): Asked => {
    const at = now()
    const said = ask()
      .then((statement): Said => (saysAnything(statement) ? given({ statement }) : {}))
      .catch(busy(now))
    const asked: Asked = { at, until: at + silentMs, said }
    latest.set(iss, asked)
    void said.then(({ statement, busyUntil }) => {
      if (busyUntil !== undefined) latest.set(iss, { ...asked, until: busyUntil })
      if (statement === undefined) return
      good.set(iss, statement)
      latest.set(iss, { ...asked, until: now() + keptMs })
    })
    return asked
  }
  return async (iss: Iss, ask: Ask, patience: Patience): Promise<Said> => {
    const before = latest.get(iss)
    const { at, said } = before !== undefined && before.until > now() ? before : asking(iss, ask)
    // With a good word in hand nobody waits long for a newer one.
    const ms = good.has(iss) ? patienceMs.briefly : patienceMs[patience]
    const { statement = good.get(iss), busyUntil } = (await inTime(said, Math.max(at + ms - now(), 0))) ?? {}
    return statement === undefined ? given({ busyUntil }) : { statement }
  }
}

/** Who asks to come back is asked when they say, and not sooner; after a minute where they do not, and within the hour whatever they say. */
const busy =
  (now: () => number) =>
  (cause: unknown): Said => {
    if (!(cause instanceof Refusal && cause.code === 'ehr-busy')) throw cause
    const ms = Math.max(cause.detail.retryAfter ?? silentMs / 1000, 1) * 1000
    return { busyUntil: now() + Math.min(ms, keptMs) }
  }

/** A server that is still starting, or a gateway in front of one, may list nothing: that is no word on what it can do. */
const saysAnything = (statement: Statement | undefined): boolean => (asServer(statement)?.resource ?? []).length > 0
