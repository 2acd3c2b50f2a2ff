// Owns a signed note and the visits it may be of, for tests of what is taken along.

import type { AppointmentId, Instant, Iss, OrganisationId, RoomName, VisitId } from '../../server/domain/ids.ts'
import type { Final } from '../../server/domain/note/note.ts'
import type { NoteCopy } from '../../server/domain/note/printed.ts'
import type { Soap } from '../../server/domain/note/soap.ts'
import type { Booking, Cancelled, Finished, Visit } from '../../server/domain/visit/visit-shape.ts'

// Sound, these casts: what a test calls an id or an instant is one.
const at = (time: string) => `2026-03-02T${time}:00.000Z` as Instant
export const iss = 'https://ehr.example.org/fhir/r4' as Iss
const organisation = 'riverside' as OrganisationId

export const written: Soap = {
  subjective: 'Coughs since Sunday.\nNo fever.',
  objective: '',
  assessment: 'Bronchitis.',
  plan: 'Rest. Call again on Friday.',
}

const booking: Booking = {
  ...{ id: 'visit1' as VisitId, revision: 3, expiresAt: at('23:00'), organisation, iss, opening: 1 },
  ...{ appointment: 'a1' as AppointmentId, patient: 'Patient/margaret', practitioners: ['Practitioner/chen'] },
  ...{ start: at('15:00'), end: at('15:15'), attendance: [] },
  face: { name: 'Margaret Whitfield', birthDate: '1954-03-12', clinicians: ['Dr. Amy Chen'] },
}
const call = { room: 'room' as RoomName, door: [] }

export const ended: Finished = { ...booking, status: 'finished', startedAt: at('15:02'), finishedAt: at('15:18') }
const off: Cancelled = { ...booking, status: 'cancelled', cancelledAt: at('14:00') }
/** The visits that have not ended, or never will. */
export const during: readonly Visit[] = [
  { ...booking, call, status: 'planned' },
  { ...booking, call, status: 'arrived', arrivedAt: at('14:55') },
  { ...booking, call, status: 'in-progress', startedAt: at('15:02') },
  off,
]

export const note: Final = {
  ...{ id: booking.id, revision: 5, expiresAt: at('23:00'), organisation, author: 'Practitioner/chen' },
  ...{ version: 2, soap: written, savedAt: at('15:19'), docStatus: 'final', filing: { state: 'unfiled' } },
  ...{ signedBy: 'Practitioner/chen', signerName: 'Dr. Amy Chen', signedAt: at('15:20') },
}

export const copyOf = (visit: Visit, of: Final): NoteCopy => ({
  ...{ visit, note: of, iss, clinic: 'Riverside Family Clinic', system: 'https://visits.example.org' },
  ...{ timeZone: 'America/New_York', now: at('15:21') },
})
