// Owns a visit's way for tests: an Appointment of its own in the EHR, and each station that follows, walked over HTTP.
import { randomBytes } from 'node:crypto'
import type { AppointmentParticipant } from 'fhir/r4'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ehr, UserRef } from '../../sandbox/ehr/contract.ts'
import type { VisitId } from '../../server/domain/ids.ts'
import type {
  AppointmentItem,
  AppointmentList,
  ClinicianView,
  Happening,
  NoteView,
  PatientView,
  RoomToken,
  VisitOpened,
} from '../../server/wire/wire.ts'
import type { Answer, Person } from './people.ts'
import type { World } from './world.ts'

const { patients, practitioners } = clinic

export type Booked = {
  readonly patient?: string
  /** A Practitioner or a PractitionerRole. */
  readonly practitioner?: string
  readonly startsInMinutes?: number
  readonly minutes?: number
  readonly status?: 'booked' | 'cancelled' | 'fulfilled' | 'noshow' | 'waitlist' | 'arrived'
  readonly id?: string
}

/** Books a fresh Appointment behind everyone's back; answers its id there. */
export async function book(world: World, booked: Booked = {}, ehr: Ehr = world.ehr): Promise<string> {
  const { patient = patients.margaret.reference, practitioner = practitioners.chen.reference } = booked
  const { startsInMinutes = 5, minutes = 15, status = 'booked', id = `t-${randomBytes(8).toString('hex')}` } = booked
  const start = world.now() + startsInMinutes * 60_000
  const participant = (reference: string): AppointmentParticipant => ({ actor: { reference }, status: 'accepted' })
  await ehr.put({
    resourceType: 'Appointment',
    ...{ id, status },
    start: new Date(start).toISOString(),
    end: new Date(start + minutes * 60_000).toISOString(),
    description: 'Video visit: a test of its own',
    participant: [participant(patient), participant(practitioner)],
  })
  return ehr.idOf(id)
}

/** What both sides need before anyone knocks. */
export type Opened = {
  readonly appointment: string
  readonly clinician: Person
  readonly patient: Person
  /** The visit's path below a launch. */
  readonly visit: string
  readonly world: World
}

type Cast = Booked & { readonly clinicianUser?: UserRef; readonly patientUser?: UserRef; readonly encounter?: string }

export async function opened(world: World, cast: Cast = {}): Promise<Opened> {
  const appointment = await book(world, cast)
  const patient = (cast.patient ?? patients.margaret.reference).split('/')[1] ?? ''
  const { clinicianUser = practitioners.chen.reference, patientUser = `Patient/${patient}`, encounter } = cast
  const context = { patient, appointment, ...(encounter === undefined ? {} : { encounter }) }
  const [clinician, person] = await Promise.all([
    world.signIn({ user: clinicianUser, ...context }),
    world.signIn({ user: patientUser, patient, appointment }),
  ])
  const visit = await open(clinician, appointment)
  await open(person, appointment)
  return { appointment, clinician, patient: person, visit, world }
}

/** Opens the visit of an Appointment; answers its path. */
export async function open(person: Person, appointment: string): Promise<string> {
  const answer = await person.post('/api/visits', { appointment })
  return `/api/visits/${bodyOf<VisitOpened>(answer).visit}`
}

export const devices = { camera: true, microphone: true }
export const knock = (person: Person, visit: string) => person.post(`${visit}/knocks`, { devices })

export async function waiting(world: World, cast: Cast = {}): Promise<Opened & { doorId: string }> {
  const both = await opened(world, cast)
  bodyOf(await knock(both.patient, both.visit))
  return { ...both, doorId: await doorIdOf(both.clinician, both.visit) }
}

export async function doorIdOf(clinician: Person, visit: string): Promise<string> {
  const { door } = bodyOf<ClinicianView>(await clinician.get(visit))
  return door[0]?.doorId ?? ''
}

export const admit = (clinician: Person, visit: string, doorId: string) =>
  clinician.post(`${visit}/admissions`, { doorId })

export const tokenFor = (person: Person, visit: string) => person.post(`${visit}/room-tokens`)

export async function admitted(world: World, cast: Cast = {}) {
  const both = await waiting(world, cast)
  bodyOf(await admit(both.clinician, both.visit, both.doorId))
  return both
}

/** Their page says that it is in the call. */
export const inTheCall = (person: Person, visit: string) => person.post(`${visit}/presence`, { at: 'in', sees: [] })

/** As if the patient's page had said, before the visit ends, that it was in the call: for who tries what comes after. */
export async function patientWasThere(world: World, visit: string): Promise<void> {
  const now = world.house.now()
  await world.house.visits.change(visitIdOf(visit), (v) => ({
    ...v,
    attendance: [...v.attendance, { who: v.patient, from: now, said: { from: now, until: now } }],
  }))
}

/** A clinician says what happened in a visit that nobody else was in. */
export const say = (person: Person, visit: string, is: Happening, more: object = {}) =>
  person.post(`${visit}/outcome`, { is, ...more })

/** Both are in the call: the visit is under way. */
export async function inCall(world: World, cast: Cast = {}) {
  const both = await withTokens(world, cast)
  bodyOf(await inTheCall(both.patient, both.visit))
  return both
}

/** Both have a token, and no page has said yet that it is in the call. */
export async function withTokens(world: World, cast: Cast = {}) {
  const both = await admitted(world, cast)
  const theirs = bodyOf<RoomToken>(await tokenFor(both.clinician, both.visit))
  bodyOf(await tokenFor(both.patient, both.visit))
  return { ...both, room: theirs.room }
}

export const soap = {
  subjective: 'Sleeps badly since the tablets were changed.',
  objective: 'Blood pressure at home 148/92, no oedema seen.',
  assessment: 'Hypertension, not yet controlled.',
  plan: 'Amlodipine 10 mg in the morning; call again in two weeks.',
}
/** The same with second thoughts. */
export const amendedSoap = { ...soap, plan: 'Walk every day; call again in a month.' }

export const match = (version: number) => ({ 'If-Match': `W/"${version}"` })
export const save = (person: Person, visit: string, version = 0, text: object = soap) =>
  person.put(`${visit}/note`, text, match(version))
export const sign = (person: Person, visit: string, version = 1) =>
  person.post(`${visit}/note/signature`, {}, match(version))
export const file = (person: Person, visit: string) => person.post(`${visit}/note/filing`)
export const draft = (person: Person, visit: string, version: number, body: object = {}) =>
  person.post(`${visit}/note/draft`, body, match(version))
/** Opened again, with another text, signed and ready to be sent. */
export async function amended({ clinician, visit }: Pick<Opened, 'clinician' | 'visit'>, text: object) {
  const { version } = bodyOf<NoteView>(await amend(clinician, visit))
  bodyOf(await save(clinician, visit, version, text))
  bodyOf(await sign(clinician, visit, version + 1))
}
export const amend = (person: Person, visit: string, body: object = {}) => person.post(`${visit}/note/amendment`, body)
export const markInError = (person: Person, visit: string) => person.post(`${visit}/note/mistake`)

export async function filingOf(answer: Promise<Answer>): Promise<NoteView['filing']> {
  return bodyOf<NoteView>(await answer).filing
}

/** Ended, with a note that is signed and waits to be filed. */
export async function signed(world: World, cast: Cast = {}) {
  const both = await inCall(world, cast)
  bodyOf(await save(both.clinician, both.visit))
  bodyOf(await both.clinician.post(`${both.visit}/end`))
  bodyOf(await sign(both.clinician, both.visit))
  return both
}

type Alone = Omit<Cast, 'patientUser'> & {
  readonly appointment?: string
  readonly clinician?: Person
  /** What the clinician says happened, of a visit that the patient was not in; unless told, the patient was. */
  readonly outcome?: Happening | 'unsaid'
}

/** The same with the clinician alone: for what nobody else is needed for, and EHRs whose patients come by another base URL. */
export async function signedAlone(world: World, cast: Alone = {}) {
  const walked = await writtenAlone(world, cast)
  bodyOf(await sign(walked.clinician, walked.visit))
  return walked
}

/** Ended, with a note of version 1 that nobody has signed. */
export async function writtenAlone(world: World, cast: Alone = {}) {
  const { patient = patients.margaret.reference, clinicianUser = practitioners.chen.reference, encounter } = cast
  const appointment = cast.appointment ?? (await book(world, cast))
  const context = { patient, appointment, ...(encounter === undefined ? {} : { encounter }) }
  const clinician = cast.clinician ?? (await world.signIn({ user: clinicianUser, ...context }))
  const visit = await open(clinician, appointment)
  bodyOf(await tokenFor(clinician, visit))
  bodyOf(await save(clinician, visit))
  if (cast.outcome === undefined) await patientWasThere(world, visit)
  bodyOf(await clinician.post(`${visit}/end`))
  if (cast.outcome !== undefined && cast.outcome !== 'unsaid') bodyOf(await say(clinician, visit, cast.outcome))
  return { appointment, clinician, visit, world }
}

/** The body of an answer that went well. Sound as far as a test goes: it asserts on what it reads. */
export function bodyOf<T = unknown>(answer: Answer): T {
  if (answer.status >= 300) throw new Error(`answered ${answer.status} ${answer.text}`)
  return answer.body as T
}

export const placeOf = async (patient: Person, visit: string) => bodyOf<PatientView>(await patient.get(visit)).place

/** The id of a visit by its path. */
export const visitIdOf = (path: string) => path.split('/').at(-1) as VisitId // sound: a visit's path ends with it

/** Ten minutes before the clinic's midnight. */
export function toLateEvening(world: World): void {
  const { timeZone = '' } = world.house.config.organisations[0] ?? {}
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
  const [hour = 0, minute = 0] = clock.format(world.now()).split(':').map(Number)
  world.later(24 * 60 - 10 - (hour * 60 + minute))
}

/** How an Appointment stands in somebody's list; undefined where it is not listed, or has no time. */
export const rowIn = async (person: Person, appointment: string): Promise<AppointmentItem | undefined> =>
  bodyOf<AppointmentList>(await person.get('/api/appointments')).appointments.find(({ id }) => id === appointment)
