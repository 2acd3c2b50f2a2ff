// Consent to a recording: the clinician asks, everyone in the visit answers, anybody takes the word back. Each word is in the record.
// Refuses (`recording-off`) a clinic that does not allow recording.
import { Refusal } from '../domain/errors.ts'
import { recordingAnswered, recordingAsked } from '../domain/recording.ts'
import { open } from '../domain/visit.ts'
import { doer, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import { clinicianView, patientView } from '../views.ts'
import type { RecordingAnswer } from '../wire.ts'
import type { Reply } from './step.ts'

export async function askToRecord(house: House, caller: Party): Promise<Reply> {
  const { launch, organisation } = caller
  if (!organisation.policies.recording) throw new Refusal('recording-off')
  const visit = await house.changeVisit(caller.visit.id, (v) => recordingAsked(open(v), launch.fhirUser, house.now()))
  await noted(house, caller, 'recording-asked')
  return { body: clinicianView(house, visit, launch.fhirUser), etag: visit.revision }
}

export async function answerToRecording(house: House, caller: Party, { agrees }: RecordingAnswer): Promise<Reply> {
  const { launch, organisation } = caller
  const who = launch.fhirUser
  const visit = await house.changeVisit(caller.visit.id, (v) => recordingAnswered(open(v), who, agrees, house.now()))
  await noted(house, caller, agrees ? 'recording-agreed' : 'recording-refused')
  const body =
    launch.role === 'clinician' ? clinicianView(house, visit, who) : patientView(house, organisation, visit, who)
  return { body, etag: visit.revision }
}

const noted = (house: House, caller: Party, code: string) =>
  house.record.audit({ event: 'consent', outcome: 'success', visit: caller.visit.id, code, ...doer(caller) })
