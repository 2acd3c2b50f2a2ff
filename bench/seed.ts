// Puts visits and sign-ins straight into a site's store, as the app's own rules make them; the app must not run meanwhile.
// Refuses nothing: rows go through the app's own shelves and schemas.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { AppointmentId, DoorId, Instant, Iss, LaunchId, OrganisationId, Ref } from '../server/domain/ids.ts'
import { instant, plus } from '../server/domain/instant.ts'
import { endsAt, type Launch } from '../server/domain/sign-in/launch.ts'
import { hashed } from '../server/domain/sign-in/secret.ts'
import { admitted, knocked } from '../server/domain/visit/door.ts'
import { roomName, visitId } from '../server/domain/visit/room.ts'
import { planned, tokenGiven } from '../server/domain/visit/visit.ts'
import type { Open } from '../server/domain/visit/visit-shape.ts'
import { VisitRow } from '../server/house/rows.ts'
import { LaunchRow } from '../server/house/sign-in-rows.ts'
import { openStore } from '../server/outside/store/lowdb.ts'
import { organisation, type Site } from './site.ts'

/** Someone whose page is open: what their browser sends, and where. */
export type Page = {
  readonly headers: { readonly cookie: string; readonly origin: string; readonly accept: string }
  /** The visit's URL below their own sign-in. */
  readonly visit: string
}
export type Seeded = {
  readonly number: number
  readonly appointment: string
  readonly patient: Ref<'Patient'>
  readonly start: Instant
  readonly end: Instant
  readonly doorId: string
  readonly page: Page
}

const atDesk = 10
export const chen: Ref = 'Practitioner/hc-practitioner-chen'
const window = { before: 30, after: 120 }

export type Seed = {
  readonly people: readonly Seeded[]
  /** The first visits' pages at the clinician's desk. */
  readonly desk: readonly Page[]
}

/** One visit a patient, each with a page of its own: `waiting` at the door, or in the call with a token already given. */
export async function seed(site: Site, count: number, at: 'waiting' | 'in-call' = 'waiting'): Promise<Seed> {
  const ring = [{ kid: 'bench', key: site.sealKey }]
  const store = await openStore({ directory: join(site.data, 'rows'), ring })
  const visits = store.shelf({ name: 'visits', schema: VisitRow, indexes: {} })
  const launches = store.shelf({ name: 'launches', schema: LaunchRow, indexes: {} })
  const now = instant(Date.now())
  const people: Seeded[] = []
  const first: Open[] = []
  for (let from = 0; from < count; from += 64) {
    const numbers = Array.from({ length: Math.min(64, count - from) }, (_, i) => from + i)
    const one = async (number: number) => {
      const { visit, patient, doorId } = visitOf(site, number, now, at)
      if (number < atDesk) first.push(visit)
      const { launch, page } = signedIn(site, [visit], { role: 'patient', who: patient, name: visit.face.name }, now)
      await Promise.all([visits.add(visit), launches.add(launch)])
      const { appointment, start, end } = visit
      return { number, appointment, patient, start, end, doorId, page }
    }
    people.push(...(await Promise.all(numbers.map(one))))
  }
  const { launch, page } = signedIn(site, first, { role: 'clinician', who: chen, name: 'Dr. Lillian Chen, MD' }, now)
  await launches.add(launch)
  await store.close()
  const base = page.visit.slice(0, page.visit.lastIndexOf('/'))
  return { people, desk: first.map(({ id }) => ({ headers: page.headers, visit: `${base}/${id}` })) }
}

// Begun five minutes ago, so that all may join.
const bookedFor = (now: Instant) => ({ start: plus(now, -300), end: plus(now, 3600) })
export const patientName = (number: number): string => `Waiting Patient ${number}`

function visitOf(site: Site, number: number, now: Instant, at: 'waiting' | 'in-call') {
  const appointment = `bench-appointment-${number}` as AppointmentId // sound: an id of FHIR's pattern, made here
  const patient: Ref<'Patient'> = `Patient/bench-patient-${number}`
  const doorId = randomBytes(12).toString('base64url') as DoorId // sound: as the house makes it
  const org = organisation as OrganisationId // sound: the settings' own
  const booking = {
    ...{ id: visitId(org, appointment), expiresAt: plus(now, 86_400), organisation: org, iss: site.iss as Iss },
    ...{ appointment, patient, practitioners: [chen], ...bookedFor(now), appointmentReadAt: now },
    face: {
      name: patientName(number),
      birthDate: '1954-03-09',
      clinicians: ['Dr. Lillian Chen, MD'],
      reason: 'Video visit',
    },
  }
  const devices = { camera: true, microphone: true }
  const knock = { doorId, who: patient, as: 'patient', name: patientName(number), devices, knockedAt: now } as const
  const waiting = knocked(planned(booking, roomName(site.roomKey, org, appointment, 1)), knock, window)
  const visit: Open =
    at === 'waiting'
      ? waiting
      : tokenGiven(tokenGiven(admitted(waiting, doorId, chen, now), chen, 'clinician', now), patient, 'other', now)
  return { visit, patient, doorId }
}

type Who = { readonly role: 'patient' | 'clinician'; readonly who: Ref; readonly name: string }

/** A sign-in, with an access token of a usual length that nobody uses; the page is its first visit's. */
function signedIn(site: Site, visits: readonly Open[], { role, who, name }: Who, now: Instant) {
  const [id, secret] = [randomBytes(16).toString('base64url') as LaunchId, randomBytes(32).toString('base64url')] // sound: as the house makes it
  const patients = role === 'patient' ? [who as Ref<'Patient'>] : [] // sound: a patient's reference is a Patient's
  const launch: Launch = {
    ...{ id, revision: 0, expiresAt: endsAt(now), organisation: organisation as OrganisationId, iss: site.iss as Iss }, // sound: the settings' own
    ...{ role, fhirUser: who, name, self: [who], patients, patientBanner: true, secretHash: hashed(secret) },
    ...{ startedAt: now, seenAt: now, endsAt: endsAt(now) },
    tokens: { accessToken: randomBytes(600).toString('base64url'), scope: 'launch openid fhirUser patient/*.rs' },
    visits: visits.map((v) => v.id),
  }
  const headers = { cookie: `housecall=${secret}`, origin: site.url, accept: 'application/json' }
  return { launch, page: { headers, visit: `${site.url}/v/${id}/api/visits/${visits[0]?.id}` } satisfies Page }
}
