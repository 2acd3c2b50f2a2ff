// Under which record a note is filed: the patient's may have been merged into another one while the visit ran, or before its note was sent.
// Refuses nothing: where the EHR says that the record was replaced, and the one that took its place cannot be had, no note is sent.

import { leftAlone, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { mergedInto } from '../domain/visit/visit.ts'
import { readerAt, whoIn } from '../house/appointments.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { whoseRecord } from '../house/merged.ts'

/**
 * The visit under the record that counts now, read with the caller's own token. A record that cannot be read says nothing of a merger: then it
 * is filed as before. `patient-replaced`: it was replaced, and nobody can say by which one.
 */
export async function underSurvivor(house: House, caller: Party): Promise<Party | 'patient-replaced'> {
  const { launch, visit, organisation } = caller
  const found = await whoseRecord(house, launch, visit.patient).catch((cause: unknown) =>
    cause instanceof Refusal && cause.code === 'patient-replaced' ? cause.code : leftAlone(cause),
  )
  if (found === 'patient-replaced') return found
  if (found === undefined || found.patient === visit.patient) return caller
  const face = found.record && whoIn(found.record, readerAt(house, organisation), visit.face.interpreterAsked)
  const { after } = await house.changeVisit(visit.id, (v) => mergedInto(v, { ...found, ...given({ face }) }))
  await house.happened({ ...caller, visit: after }, 'appointment-changed', { code: 'patient-merged' })
  return { ...caller, visit: after }
}

/** The same, where nothing is sent: what cannot be said is then as it was. */
export async function knownByAll(house: House, caller: Party): Promise<Party> {
  const party = await underSurvivor(house, caller)
  return party === 'patient-replaced' ? caller : party
}
