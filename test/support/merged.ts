// Owns patients whose records an EHR has merged: what a record says of the one that took its place.
import { randomBytes } from 'node:crypto'
import type { Appointment, Patient, PatientLink } from 'fhir/r4'
import type { World } from './world.ts'

type Of = Pick<Patient, 'name' | 'birthDate' | 'active'> & { readonly link?: unknown }

/** A record nobody else's test has heard of; answers the reference. */
export async function recordOf({ ehr }: World, of: Of = {}): Promise<string> {
  const id = `p-${randomBytes(6).toString('hex')}`
  await put({ ehr }, id, of)
  return `Patient/${ehr.idOf(id)}`
}

/** `into`: where the record that took its place is, as the EHR writes it. */
export const replacedBy = (...into: readonly string[]): PatientLink[] =>
  into.map((reference) => ({ other: { reference }, type: 'replaced-by' }))

/** The EHR merges one record into another, as it does: the old one stays, is not active, and names the other. */
export const merge = (world: World, old: string, ...into: readonly string[]): Promise<void> =>
  put(world, old.split('/')[1] ?? '', { active: false, link: replacedBy(...into) })

/** The EHR lets an Appointment name another record, and leaves all else in it. */
export async function moveTo({ ehr }: World, appointment: string, patient: string): Promise<void> {
  const found = ehr.all('Appointment').find((one) => one.id === appointment)
  if (found === undefined) throw new Error(`no Appointment ${appointment}`)
  const participant = found.participant.map((one) =>
    one.actor?.reference?.startsWith('Patient/') ? { ...one, actor: { reference: patient } } : one,
  )
  await ehr.put({ ...found, participant } as Appointment) // sound: as it was, but for a reference
}

const put = ({ ehr }: Pick<World, 'ehr'>, id: string, of: Of) =>
  ehr.put({ resourceType: 'Patient', id, name: [{ text: 'Jane Doe' }], birthDate: '1980-01-01', ...of } as Patient) // sound: odd ones are the point
