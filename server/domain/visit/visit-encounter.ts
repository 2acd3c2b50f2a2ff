// Which Encounters are a visit's own, before anything is filed under one: those of its Appointment, and the one the launch had open beside that very
// Appointment, where nothing speaks against it. Refuses what is another patient's, another visit's, a stay, or a mistake. Pure.

import { isPatientOf, type KnownAs } from '../ehr/merged.ts'
import type { Ref } from '../ids.ts'
import { firstOf } from '../instant.ts'
import type { Launch } from '../sign-in/launch.ts'
import type { Booked } from './access.ts'
import { closesAt, type JoinWindow, opensAt } from './visit.ts'

type Reference = { readonly reference?: string }
export type EncounterLike = {
  readonly id: string
  readonly status: string
  readonly class?: { readonly code?: string }
  readonly subject?: Reference
  readonly appointment?: readonly Reference[]
  readonly period?: { readonly start?: string }
}

type At = {
  readonly launch: Pick<Launch, 'appointment' | 'encounter'>
  readonly relative: (reference: string) => Ref | undefined
  readonly timeZone: string
  readonly joinWindow: JoinWindow
}

export const isMistaken = ({ status }: Pick<EncounterLike, 'status'>): boolean =>
  status === 'cancelled' || status === 'entered-in-error'

/** `start` and `end` are the Appointment's own. */
export function isEncounterOf(
  booking: Booked & KnownAs,
  encounter: EncounterLike,
  { launch, relative, ...at }: At,
): boolean {
  const refOf = ({ reference = '' }: Reference = {}) => relative(reference)
  if (isMistaken(encounter) || !isPatientOf(booking, refOf(encounter.subject))) return false
  const { appointment = [] } = encounter
  if (appointment.length > 0) return appointment.some((one) => refOf(one) === `Appointment/${booking.id}`)
  const isLaunched = launch.encounter === `Encounter/${encounter.id}` && launch.appointment === booking.id
  return isLaunched && isOfItsHours(booking, encounter, at)
}

/** A visit of the clinic; what was left open at another time is another one's. */
function isOfItsHours(
  booking: Booked,
  { class: kind, period, status }: EncounterLike,
  { timeZone, joinWindow }: Omit<At, 'launch' | 'relative'>,
): boolean {
  if (kind?.code !== 'VR' && kind?.code !== 'AMB') return false
  const began = firstOf(period?.start ?? '', timeZone)
  if (began === undefined) return status === 'planned' || status === 'arrived'
  return began >= opensAt(booking, joinWindow) && began < closesAt(booking, joinWindow)
}
