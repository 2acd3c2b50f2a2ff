// A change of a visit, told to whoever watches it, to the day it is on, and to the queue it belongs to. An event says "look again" and no more.
import { isClinician } from '../domain/ehr/reference.ts'
import type { Ref, VisitId } from '../domain/ids.ts'
import type { Note } from '../domain/note/note.ts'
import { shownAs } from '../domain/note/shown-as.ts'
import { isSameQueue } from '../domain/visit/queue.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Live } from '../outside/live.ts'
import type { Memory } from '../outside/memory/memory.ts'
import type { Changed, Shelf } from '../outside/store/store.ts'
import type { Config } from '../settings/config.ts'
import type { Queues } from './queues.ts'
import { clinicianTopic, visitTopic } from './topics.ts'

type Parts = {
  readonly config: Config
  readonly memory: Memory
  readonly live: Live
  readonly queues: Queues
  readonly clock: () => number
}

type Telling = {
  /** Changes a visit and tells who watches it, and whose day it is on. */
  changeVisit(id: VisitId, change: (visit: Visit) => Visit): Promise<Changed<Visit>>
  /**
   * Tells who watches it that something is shown with it which its row does not say: where somebody's page is in the call. `days`: or that it is
   * gone, or there again, which their days show too.
   */
  stirVisit(visit: Visit, whose?: 'days'): void
  /** The same shelf, but that the days of a note's visit are told when it stands otherwise than they show. */
  tellingNotes(notes: Shelf<Note>): Shelf<Note>
}

export function telling(visits: Shelf<Visit>, { config, memory, live, queues, clock }: Parts): Telling {
  let dayRevision = clock() // rises with every change, also over a restart
  const daysOf = daysIn(config)
  // The note is kept by now: a visit that cannot be read is told of where somebody asks for it.
  const stirDays = (id: VisitId) =>
    void visits.get(id).then(
      (visit) => {
        if (visit !== undefined) for (const day of daysOf(visit, visit.practitioners)) live.stir(day)
      },
      () => undefined,
    )
  return {
    async changeVisit(id, change) {
      const changed = await visits.change(id, change)
      const { before, after: visit } = changed
      if (!('call' in visit)) memory.forget(id)
      // Then the others' pages show who is in the room and was not told to be.
      if (before.practitioners.some((p) => !visit.practitioners.includes(p)))
        memory.callPages.forgetSome(id, isClinician)
      // Who is let in once more is not in the call by what their page said the last time.
      const out = letIn(before).filter((who) => !letIn(visit).includes(who))
      if (out.length > 0) memory.callPages.forgetSome(id, (who) => out.includes(who))
      live.publish(visitTopic(id), visit.revision)
      if (!isSameQueue(before, visit)) queues.changed(visit)
      dayRevision = Math.max(dayRevision + 1, clock())
      // Also whoever the visit has just been taken from.
      const all = [...new Set([...before.practitioners, ...visit.practitioners])]
      for (const day of daysOf(visit, all)) live.publish(day, dayRevision)
      return changed
    },
    stirVisit(visit, whose) {
      live.stir(visitTopic(visit.id))
      // A day asks the EHR.
      if (whose === 'days') for (const day of daysOf(visit, visit.practitioners)) live.stir(day)
      queues.changed(visit)
    },
    tellingNotes: (notes) => tellingOf(notes, stirDays),
  }
}

const tellingOf = (notes: Shelf<Note>, tell: (id: VisitId) => void): Shelf<Note> => ({
  ...notes,
  async add(note) {
    const added = await notes.add(note)
    tell(added.id)
    return added
  },
  async change(id, change) {
    const changed = await notes.change(id, change)
    if (shownAs(changed.before) !== shownAs(changed.after)) tell(changed.after.id)
    return changed
  },
})

const letIn = (visit: Visit): readonly Ref[] =>
  'call' in visit ? visit.call.door.flatMap(({ state, who }) => (state === 'admitted' ? who : [])) : []

/** The topics of the days of these clinicians of a visit. */
const daysIn =
  ({ organisations }: Config) =>
  ({ organisation: id, iss }: Visit, practitioners: readonly Ref[]): readonly string[] => {
    // Of an organisation that is listed no more nobody is signed in.
    const organisation = organisations.find((one) => one.id === id)
    return organisation === undefined ? [] : practitioners.map((one) => clinicianTopic(organisation, iss, one))
  }
