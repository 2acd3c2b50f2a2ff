// Consent to a recording, asked there and then of everyone in the visit, as pure rules. Off unless everyone agreed, and off again the
// moment somebody new comes in or anybody takes the word back. And whether one runs, which is written down also where it should not.
// Refuses answers to a question nobody asked, and answers of people who are not in the visit.
import { Refusal } from './errors.ts'
import type { Instant, Ref } from './ids.ts'
import { isClinician } from './reference.ts'
import type { InProgress, Open, Visit } from './visit.ts'

export type Recording = {
  readonly askedBy: Ref
  readonly askedAt: Instant
  /** Each person's last word. */
  readonly answers: readonly Answer[]
}
type Answer = { readonly who: Ref; readonly agrees: boolean; readonly at: Instant }

/** `none`: nobody asked. `refused` also after somebody took the word back. */
export type Consent = 'none' | 'asked' | 'agreed' | 'refused'

/** A clinician asks; that is a yes of their own. Asking again after a no asks everyone anew. Refuses `visit-not-started`. */
export function recordingAsked(visit: Open, by: Ref, now: Instant): InProgress {
  if (visit.status !== 'in-progress') throw new Refusal('visit-not-started')
  if (consentOf(visit) === 'agreed') return visit
  return { ...visit, recording: { askedBy: by, askedAt: now, answers: [{ who: by, agrees: true, at: now }] } }
}

/** Somebody's word, which may be taken back at any time. Refuses `recording-not-asked`, and `not-admitted`. */
export function recordingAnswered(visit: Open, who: Ref, agrees: boolean, now: Instant): Open {
  if (visit.recording === undefined) throw new Refusal('recording-not-asked')
  if (!inQuestion(visit).includes(who)) throw new Refusal('not-admitted')
  const answers = [...visit.recording.answers.filter((a) => a.who !== who), { who, agrees, at: now }]
  return { ...visit, recording: { ...visit.recording, answers } }
}

/** Whose word it takes: everyone who is let in, and every clinician who has been in the call. */
function inQuestion(visit: Open): readonly Ref[] {
  const clinicians: readonly Ref[] = visit.attendance.map((a) => a.who).filter(isClinician)
  const others = visit.door.filter((p) => p.state === 'admitted').map((p) => p.who)
  return [...new Set([...clinicians, ...others])]
}

/** A clinician's page tells whether the room is recorded. What runs is kept as running, whatever anybody agreed to. Telling twice changes nothing. */
export function recordingReported(visit: Open, running: boolean, now: Instant): Open {
  const { recordedSince, ...rest } = visit
  if (running === (recordedSince !== undefined)) return visit
  return running ? { ...rest, recordedSince: now } : rest
}

/** How this person answered; `asked` while they have not. */
export const wordOf = ({ answers }: Recording, who: Ref): 'asked' | 'agreed' | 'refused' => {
  const answer = answers.find((a) => a.who === who)
  return answer === undefined ? 'asked' : answer.agrees ? 'agreed' : 'refused'
}

/** Who has not answered yet. */
export const unanswered = (visit: Open): readonly Ref[] => {
  const { recording } = visit
  return recording === undefined ? [] : inQuestion(visit).filter((who) => wordOf(recording, who) === 'asked')
}

export function consentOf(visit: Visit): Consent {
  if (!('recording' in visit) || visit.recording === undefined) return 'none'
  const { recording } = visit
  const words = inQuestion(visit).map((who) => wordOf(recording, who))
  if (words.includes('refused')) return 'refused'
  return words.includes('asked') ? 'asked' : 'agreed'
}
