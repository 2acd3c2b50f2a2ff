// Owns the appointments of the browser tests: each test books its own, for a patient of its own, behind the hospital's back.
import { randomUUID } from 'node:crypto'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { LaunchRequest } from '../../sandbox/ehr/contract.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { changeAppointment } from '../support/appointment.ts'

export type Booking = {
  readonly appointment: string
  readonly patient: string
  readonly name: string
  /** What opens when the clinician, or the patient, opens it in the EHR. */
  readonly byClinician: LaunchRequest
  readonly byPatient: LaunchRequest
}
type Wanted = {
  /** From now; 0 unless told, which is today even at midnight. */
  readonly startsInMinutes?: number
  readonly status?: 'booked' | 'cancelled'
  /** One of hers as well, instead of a new patient. */
  readonly patient?: string
  /** What it tells its patient. */
  readonly instruction?: string
}

const { zoe } = clinic.appointments
const minute = 60_000

const prefix = 'appointment-'

/** Books 15 minutes with Dr. Chen for someone called `name`, born on 2 November 1988. */
export async function book({ ehr }: Stage, name: string, wanted: Wanted = {}): Promise<Booking> {
  const { startsInMinutes = 0, status = 'booked' } = wanted
  const patient = ehr.idOf(wanted.patient ?? `patient-${randomUUID()}`)
  const appointment = ehr.idOf(`${prefix}${randomUUID()}`)
  const ofZoe = `Patient/${ehr.idOf(clinic.patients.zoe.id)}`
  const model = { person: ehr.resource('Patient', clinic.patients.zoe.id), slot: ehr.resource('Appointment', zoe.id) }
  if (!model.person || !model.slot) throw new Error('the fixtures have changed')
  const [given = '', family = ''] = name.split(' ')
  if (wanted.patient === undefined)
    await ehr.put({ ...model.person, id: patient, name: [{ use: 'official', text: name, given: [given], family }] })
  const start = Date.now() + startsInMinutes * minute
  await ehr.put({
    ...model.slot,
    id: appointment,
    status,
    ...(wanted.instruction !== undefined && { patientInstruction: wanted.instruction }),
    start: new Date(start).toISOString(),
    end: new Date(start + 15 * minute).toISOString(),
    participant: model.slot.participant.map((one) =>
      one.actor?.reference === ofZoe ? { ...one, actor: { reference: `Patient/${patient}`, display: name } } : one,
    ),
  })
  const context = { patient, appointment, needPatientBanner: true }
  return {
    ...{ appointment, patient, name },
    byClinician: { ...context, user: clinic.practitioners.chen.reference },
    byPatient: { ...context, user: `Patient/${patient}` },
  }
}

/** Dr. Okafor takes part in it too, and comes by this. */
export async function withColleague(
  { ehr }: Stage,
  { appointment, byClinician }: Pick<Booking, 'appointment' | 'byClinician'>,
): Promise<LaunchRequest> {
  const { okafor } = clinic.practitioners
  const slot = ehr.resource('Appointment', appointment)
  const colleague = { actor: { reference: okafor.reference, display: okafor.name }, status: 'accepted' as const }
  await changeAppointment({ ehr }, appointment, { participant: [...(slot?.participant ?? []), colleague] })
  return { ...byClinician, user: okafor.reference }
}

/**
 * Takes every booking from everybody again: the next test's clinician has a day of her own, also where somebody stands at a door, or in a call,
 * that this test has left.
 */
export async function cancelBookings({ ehr }: Stage): Promise<void> {
  for (const one of ehr.all('Appointment')) {
    // What an earlier test's end has taken already stays as it is: there are more of these with every test.
    if (!one.id?.startsWith(prefix) || (one.status === 'proposed' && one.start === undefined)) continue
    const { start: _start, end: _end, ...rest } = one
    const participant = one.participant.filter(({ actor }) => actor?.reference?.startsWith('Location/'))
    await ehr.put({ ...rest, status: 'proposed', participant })
  }
}
