// Whose page says nothing any more is gone a while later, and nobody says so: then all who are shown it are told, in one moment.
// Kept in memory: after a restart pages come back, and are expected anew.
import type { Instant, Ref, VisitId } from '../domain/ids.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Memory } from '../outside/memory/memory.ts'

export type Goings = {
  /** This person's page was just heard of: where it is not again, those who watch the visit are told. */
  expect(visit: Visit, who: Ref): void
  /** Whoever stepped away is back in so many seconds, unless they said so before: then those who watch the visit are told. */
  expectBack(visit: Visit, seconds: number): void
}

type Parts = {
  readonly memory: Pick<Memory, 'openPages' | 'callPages'>
  readonly now: () => Instant
  readonly stirVisit: (visit: Visit, whose: 'days') => void
  /** Where they wait, that they are silent is kept. */
  readonly keepSilence: (visit: Visit, who: Ref) => Promise<void>
}

type Expected = { how: string; readonly seconds: number; readonly timer: ReturnType<typeof setTimeout> }

export function openGoings({ memory, now, stirVisit, keepSilence }: Parts): Goings {
  const expected = new Map<string, Expected>()
  /** How it is with them, as it is shown to others. */
  const howIs = (visit: VisitId, who: Ref): string => {
    const at = now()
    const inCall = memory.callPages.inCall(visit, at).find((one) => one.who === who)
    return `${memory.openPages.here(visit, who, at)} ${inCall?.at}`
  }
  return {
    expectBack: (visit, seconds) => void setTimeout(() => stirVisit(visit, 'days'), (seconds + 1) * 1_000).unref(),
    expect(visit, who) {
      const key = `${visit.id} ${who}`
      const how = howIs(visit.id, who)
      const seconds = memory.openPages.goneAfter(visit.id, who)
      const before = expected.get(key)
      if (before?.seconds === seconds) {
        before.how = how
        before.timer.refresh()
        return
      }
      clearTimeout(before?.timer)
      const passed = () => {
        const last = expected.get(key)?.how
        expected.delete(key)
        if (howIs(visit.id, who) === last) return
        stirVisit(visit, 'days')
        // A row that cannot be kept now is told of where somebody asks for it.
        void keepSilence(visit, who).catch(() => undefined)
      }
      expected.set(key, { how, seconds, timer: setTimeout(passed, (seconds + 1) * 1_000).unref() })
    },
  }
}
