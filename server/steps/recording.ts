// Agreement to a recording: the clinician asks, everyone in the visit answers, anybody takes the word back. Each word is in the record, and
// so is each recording, from when until when, as clinicians' pages hear it from the room.
// Refuses (`recording-off`) a clinic that does not allow recording.
import { Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import {
  agreementOf,
  recordedSinceOf,
  recordingAnswered,
  recordingAsked,
  recordingReported,
} from '../domain/visit/recording.ts'
import { requireOpen } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { auditRecordingEnd } from '../house/attendance.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { seenBy } from '../house/views.ts'
import type { RecordingAnswer, RecordingState } from '../wire/wire.ts'
import type { VisitSeen } from './step.ts'

export async function askToRecord(house: House, caller: AtVisit): Promise<VisitSeen> {
  const { person, organisation } = caller
  if (!organisation.policies.recording) throw new Refusal('recording-off')
  const now = house.now()
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) =>
    recordingAsked(requireOpen(v), person.who, now),
  )
  await writeDown(house, caller, 'recording-asked')
  return seenBy(house, caller, visit)
}

export async function answerToRecording(
  house: House,
  caller: AtVisit,
  { agrees }: RecordingAnswer,
): Promise<VisitSeen> {
  const [who, now] = [caller.person.who, house.now()]
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) =>
    recordingAnswered(requireOpen(v), who, agrees, now),
  )
  await writeDown(house, caller, agrees ? 'recording-agreed' : 'recording-refused')
  return seenBy(house, caller, visit)
}

/** Not refused where nobody may record: then above all it must be known that it ran. */
export async function reportRecording(house: House, caller: AtVisit, { running }: RecordingState): Promise<VisitSeen> {
  const now = house.now()
  const by = caller.person.who
  const callers = house.memory.callPages.inCall(caller.visit.id, now)
  const gone = (who: Ref) => !callers.some((one) => one.who === who && one.at !== 'gone')
  const report = (v: Visit) => recordingReported(requireOpen(v), { by, running }, gone, now)
  // Pages tell it again at each entry: what changes nothing is not written, and no page is told of it.
  if (report(caller.visit) === caller.visit) return seenBy(house, caller, caller.visit)
  const { before, after: visit } = await house.changeVisit(caller.visit.id, report)
  const began = recordedSinceOf(before) === undefined && recordedSinceOf(visit) !== undefined
  if (began) await house.happened(caller, 'recording-started', allowed(caller, before))
  await auditRecordingEnd(house, { before, after: visit }, now, caller)
  return seenBy(house, caller, visit)
}

/** A recording without everyone's word, or at a clinic that lets none be made, is a failure. */
function allowed({ organisation }: AtVisit, visit: Visit) {
  if (!organisation.policies.recording) return { outcome: 'failed', code: 'recording-off' } as const
  return agreementOf(visit) === 'agreed'
    ? ({ outcome: 'success' } as const)
    : ({ outcome: 'failed', code: 'not-agreed' } as const)
}

const writeDown = (house: House, caller: AtVisit, code: string) =>
  house.happened(caller, 'agreement-to-recording', { code })
