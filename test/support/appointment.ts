// Owns what a hospital does with an Appointment after it was booked; nobody here is told.
import type { Appointment } from 'fhir/r4'
import type { Ehr } from '../../sandbox/ehr/contract.ts'

/** Changes some of it. Refuses one that the hospital does not have. */
export async function changeAppointment(
  { ehr }: { readonly ehr: Ehr },
  id: string,
  change: Partial<Appointment>,
): Promise<void> {
  const now = ehr.resource('Appointment', id)
  if (now === undefined) throw new Error('no such Appointment')
  await ehr.put({ ...now, ...change })
}

/** That these people take part in it, and nobody else. */
export const naming = (...people: readonly string[]): Partial<Appointment> => ({
  participant: people.map((reference) => ({ actor: { reference }, status: 'accepted' as const })),
})
