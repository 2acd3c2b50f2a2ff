// Owns two EHRs of one organisation that have the same ids for different people and visits, and the people of each.
import type { Appointment, FhirResource } from 'fhir/r4'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { having } from './chart.ts'
import type { Person } from './people.ts'
import { openWorld, underOneRoof, type World } from './world.ts'

export type Two = { readonly world: World; readonly here: Ehr; readonly there: Ehr }

/** Two EHRs under one roof; `sharesIds` as the settings have it. Drafts may go into their charts. */
export async function openTwo(sharesIds = false): Promise<Two> {
  const drafts = having({ policies: { drafts: true } })
  const world = await openWorld({
    organisations: ['riverside', 'harbor'],
    config: (config) => drafts(underOneRoof(sharesIds)(config)),
  })
  const [here = world.ehr, there = world.ehr] = world.ehrs
  return { world, here, there }
}

/** References that are the same in both EHRs; `appointments` are of this patient and this clinician. */
export const castOf = (tag: string) =>
  ({
    patient: `Patient/p-${tag}`,
    clinician: `Practitioner/d-${tag}`,
    representative: `RelatedPerson/r-${tag}`,
    appointments: [`a1-${tag}`, `a2-${tag}`],
  }) as const
export type Cast = ReturnType<typeof castOf>
export const roles = ['clinician', 'patient', 'representative'] as const
export type RoleOfCast = (typeof roles)[number]

const idIn = (reference: string) => reference.slice(reference.indexOf('/') + 1)

/** The same people and Appointments by their ids, at the same time, with names of this EHR's own: `mark` is in each of them. */
export async function settle(ehr: Ehr, cast: Cast, mark: string, start: number): Promise<void> {
  const { patient, clinician, representative, appointments } = cast
  const named = (name: string) => [{ text: `${name} ${mark}` }]
  const resources: FhirResource[] = [
    { resourceType: 'Patient', id: idIn(patient), name: named('Pat'), birthDate: '1980-01-01' },
    { resourceType: 'Practitioner', id: idIn(clinician), name: named('Dr.') },
    { resourceType: 'RelatedPerson', id: idIn(representative), patient: { reference: patient }, name: named('Rel') },
    ...appointments.map((id, i) => appointmentOf(cast, id, mark, start + i * 1000)),
  ]
  for (const resource of resources) await ehr.put(resource)
}

const appointmentOf = ({ patient, clinician }: Cast, id: string, mark: string, start: number): Appointment => ({
  ...{ resourceType: 'Appointment', id, status: 'booked', description: `About ${mark}` },
  ...{ start: new Date(start).toISOString(), end: new Date(start + 15 * 60_000).toISOString() },
  participant: [
    { actor: { reference: patient, display: `Pat ${mark}` }, status: 'accepted' },
    { actor: { reference: clinician, display: `Dr. ${mark}` }, status: 'accepted' },
  ],
})

export const signInAs = (world: World, ehr: Ehr, cast: Cast, role: RoleOfCast): Promise<Person> =>
  world.signIn({ user: cast[role] }, ehr)

export async function setStatus(ehr: Ehr, appointment: string, status: Appointment['status']): Promise<void> {
  const kept = ehr.resource('Appointment', appointment)
  if (kept !== undefined) await ehr.put({ ...kept, status })
}
