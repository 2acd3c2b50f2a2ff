// Agreement to a recording, asked there and then of everyone in the visit, as pure rules. Off unless everyone agreed, and off again the
// moment somebody new comes in or anybody takes the word back. And whether one runs, which is written down also where it should not.
// Refuses answers to a question nobody asked, and answers of people who are not in the visit.

import { isClinician } from '../ehr/reference.ts'
import { Refusal } from '../errors.ts'
import type { Instant, Ref } from '../ids.ts'
import { earliest, latest } from '../instant.ts'
import type { Recording } from './recording-shape.ts'
import { withCall } from './visit.ts'
import type { InProgress, Open, Visit } from './visit-shape.ts'

/** `none`: nobody asked. `refused` also after somebody took the word back. */
export type Agreement = 'none' | 'asked' | 'agreed' | 'refused'

/** A clinician asks; that is a yes of their own. Asking again after a no asks everyone anew. Refuses `visit-not-started`. */
export function recordingAsked(visit: Open, by: Ref, now: Instant): InProgress {
  if (visit.status !== 'in-progress') throw new Refusal('visit-not-started')
  if (agreementOf(visit) === 'agreed') return visit
  return withCall(visit, {
    recording: { askedBy: by, askedAt: now, answers: [{ who: by, agrees: true, at: now }] },
  })
}

/** Somebody's word, which may be taken back at any time. Refuses `recording-not-asked`, and `not-admitted`. */
export function recordingAnswered(visit: Open, who: Ref, agrees: boolean, now: Instant): Open {
  const { recording } = visit.call
  if (recording === undefined) throw new Refusal('recording-not-asked')
  if (!inQuestion(visit).includes(who)) throw new Refusal('not-admitted')
  const answers = [...recording.answers.filter((a) => a.who !== who), { who, agrees, at: now }]
  return withCall(visit, { recording: { ...recording, answers } })
}

/** Whose word it takes: everyone who is let in, and every clinician who has been in the call. */
function inQuestion(visit: Open): readonly Ref[] {
  const clinicians: readonly Ref[] = visit.attendance.map((a) => a.who).filter(isClinician)
  const others = visit.call.door.filter((p) => p.state === 'admitted').map((p) => p.who)
  return [...new Set([...clinicians, ...others])]
}

/** What a clinician's page says of the room. */
export type Report = { readonly by: Ref; readonly running: boolean }

/**
 * A clinician's page says whether the room is recorded. A recording counts as running, whatever anybody agreed to, until no page is left
 * that says so: a page whose frame is dead sees no recording, and is not believed while another in the call sees one. `gone`: whether
 * this person's page has left the call.
 * Telling twice changes nothing.
 */
export function recordingReported(
  visit: Open,
  { by, running }: Report,
  gone: (who: Ref) => boolean,
  now: Instant,
): Open {
  const { since, by: before } = visit.call.recorded ?? { since: now, by: [] }
  if (running) return before.includes(by) ? visit : withCall(visit, { recorded: { since, by: [...before, by] } })
  const others = before.filter((who) => who !== by)
  if (others.every(gone)) return unrecorded(visit)
  return others.length === before.length ? visit : withCall(visit, { recorded: { since, by: others } })
}

/** Nothing runs any more, whoever says so; the same visit where nothing did. */
export function unrecorded(visit: Open): Open {
  const { recorded, ...call } = visit.call
  return recorded === undefined ? visit : { ...visit, call }
}

export const recordedSinceOf = (visit: Visit): Instant | undefined =>
  'call' in visit ? visit.call.recorded?.since : undefined

/**
 * From when until when a recording ran that ended with a change of the visit, of which we heard `at`; undefined where none ended. Not
 * longer than the visit, and an end by another clock than ours is not before the beginning.
 */
export function recordingEnd(before: Visit, after: Visit, at: Instant): { from: Instant; until: Instant } | undefined {
  const from = recordedSinceOf(before)
  if (from === undefined || recordedSinceOf(after) !== undefined) return undefined
  const end = after.status === 'finished' ? earliest(at, after.finishedAt) : at
  return { from, until: latest(from, end) }
}

/** How this person answered; `asked` while they have not. */
export const wordOf = ({ answers }: Recording, who: Ref): 'asked' | 'agreed' | 'refused' => {
  const answer = answers.find((a) => a.who === who)
  return answer === undefined ? 'asked' : answer.agrees ? 'agreed' : 'refused'
}

/** Who has not answered yet. */
export const unanswered = (visit: Open): readonly Ref[] => {
  const { recording } = visit.call
  return recording === undefined ? [] : inQuestion(visit).filter((who) => wordOf(recording, who) === 'asked')
}

export function agreementOf(visit: Visit): Agreement {
  if (!('call' in visit) || visit.call.recording === undefined) return 'none'
  const { recording } = visit.call
  const words = inQuestion(visit).map((who) => wordOf(recording, who))
  if (words.includes('refused')) return 'refused'
  return words.includes('asked') ? 'asked' : 'agreed'
}
