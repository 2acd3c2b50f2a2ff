// Owns a visit as rules are tried on it: on a day in March 2026, at a quarter past three of a clock that never moves.
import type { Instant, Ref } from '../../server/domain/ids.ts'
import { planned } from '../../server/domain/visit/visit.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'

// Sound, these casts: what a test calls an id or an instant is one.
export const on = (clock: string) => `2026-03-02T${clock}:00.000Z` as Instant
export const window = { before: 30, after: 120 }

type Whose = Pick<Visit, 'face'> & { readonly patient: Ref<'Patient'>; readonly practitioners: readonly Ref[] }

/** From 15:00 to 15:15. */
export const bookingOf = (whose: Whose, iss = 'https://ehr.example/fhir') => ({
  ...({ id: 'v', organisation: 'o', appointment: 'a', iss } as Pick<
    Visit,
    'id' | 'organisation' | 'appointment' | 'iss'
  >),
  ...{ start: on('15:00'), end: on('15:15'), expiresAt: on('23:00') },
  ...whose,
})

export const plannedAs = (booking: Parameters<typeof planned>[0]) =>
  planned(booking, 'room' as Parameters<typeof planned>[1])
