// What happened in a visit in which nobody of the patient's side was seen: a clinician of it says it once the visit has ended, and the EHR is
// told as far as it takes that. Refuses a word where it is known, over another window's, and what the chart has a note of.

import type { Instant } from '../domain/ids.ts'
import { inChart, knownEncounter, unsettled } from '../domain/note/ledger.ts'
import { entriesIn, type Note } from '../domain/note/note.ts'
import { confirmedOutside } from '../domain/visit/identity-said.ts'
import { outcomeIn, requireChangeable, saidToHave } from '../domain/visit/outcome.ts'
import { closedUnbegun, type JoinWindow } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { oneAtATime, settledNote } from '../filing/lease.ts'
import { tellChart } from '../filing/outcome.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { seenBy } from '../house/views.ts'
import { goneFrom } from '../house/who-is-there.ts'
import type { WhatHappened } from '../wire/outcome.ts'
import type { VisitSeen } from './step.ts'

/** The same word again changes nothing here, and tells the EHR what it has not taken yet. */
export function sayWhatHappened(house: House, caller: Party, saying: WhatHappened): Promise<VisitSeen> {
  const { visit, person, organisation } = caller
  return oneAtATime(house, visit.id, async () => {
    const note = await settledNote(house, visit.id)
    const by = { who: person.who, timeZone: organisation.timeZone }
    const now = house.now()
    const known = chartOf(note)
    const gone = goneFrom(house, visit)
    // Pages hear of it once the EHR has been told: until then there is no more to show.
    const { before, after } = await house.visits.change(visit.id, (v) => {
      const closed = begunOrClosed(v, organisation.joinWindow, now, { byTelephone: saying.is === 'telephone', gone })
      const next = saidToHave(
        saying.identityConfirmed ? confirmedOutside(closed, by.who, now) : closed,
        saying,
        by,
        now,
      )
      if (next !== v) requireChangeable(v, known)
      return next
    })
    const said = outcomeIn(after)
    if (after.status !== 'finished' || said === undefined || said.is === 'unsaid') return seenBy(house, caller, after)
    if (isConfirmedNow(before, after))
      await house.happened(caller, 'identity-confirmed', { patient: after.patient, code: 'outside-of-call' })
    if (before !== after) await house.happened(caller, 'outcome-said', { code: said.is })
    return seenBy(house, caller, await tellChart(house, { ...caller, visit: after }, said, note))
  })
}

const isConfirmedNow = (before: Visit, after: Visit): boolean =>
  'confirmedAfterwards' in after && !('confirmedAfterwards' in before)

/** A visit that nobody began ends with the word of what became of it. */
const begunOrClosed = (
  visit: Visit,
  window: JoinWindow,
  now: Instant,
  by: Parameters<typeof closedUnbegun>[3],
): Visit => (visit.status === 'planned' || visit.status === 'arrived' ? closedUnbegun(visit, window, now, by) : visit)

function chartOf(note: Note | undefined) {
  const entries = note === undefined ? [] : entriesIn(note)
  return {
    text: inChart(entries) !== undefined || unsettled(entries) !== undefined,
    encounter: knownEncounter(entries) !== undefined,
  }
}
