// Owns one visit's walk at any kind of EHR, station by station, and what is to be expected of it at each of them.
import type { DocumentReference, Encounter } from 'fhir/r4'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { SeenRequest } from '../../sandbox/ehr/contract.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import type { Issuer } from '../../server/settings/config.ts'
import type { AppointmentList, CapabilityView, NoteView, RoomToken } from '../../server/wire/wire.ts'
import { about, actCode, attempt, having, registered } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { admit, bodyOf, book, doorIdOf, inTheCall, knock, open, save, sign, tokenFor } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const { margaret } = patients

/** The Encounter that registration made before anybody came: of this Appointment, or of the patient alone. */
export type Registered = 'none' | 'linked' | 'unlinked'

export type Row = {
  readonly is: string
  readonly personality: Personality
  readonly registered: Registered
  /** What the administrator says of this EHR. */
  readonly settings: Pick<Issuer, 'serviceProvider'>
  readonly expected: Expected
}

/** Method and type, and the status where it was refused. */
type Asked = readonly string[]

export type Expected = {
  /** Whether the Appointment is known from the launch, or one of the list is picked. */
  readonly known: { readonly clinician: boolean; readonly patient: boolean }
  /** Before the filing, at each station; side by side, so in no order. */
  readonly read: Readonly<Record<Station, Asked>>
  /** For the filing, in its order. */
  readonly filing: Asked
  readonly encounter: {
    /** Whose it is, and what became of it. */
    readonly is: 'made by us' | 'left as it was'
    readonly status: Encounter['status']
    readonly class: string
    /** What stands in it besides id and meta. */
    readonly has: readonly string[]
  }
  readonly note: {
    readonly docStatus: DocumentReference['docStatus']
    readonly contentType: string
    /** Whether it can be found by our own mark. */
    readonly marked: boolean
  }
  readonly appointment: { readonly status: 'fulfilled' | 'booked'; readonly told: 'fulfilled' | 'left' }
  readonly told: { readonly kind: CapabilityView['kind']; readonly line: string }
}

export type Station =
  | 'clinician signs in'
  | 'patient signs in'
  | 'clinician lists'
  | 'patient lists'
  | 'clinician opens'
  | 'patient opens'
  | 'from the door to the signature'

export type Walked = {
  readonly appointment: string
  readonly clinician: Person
  readonly patient: Person
  readonly visit: string
  readonly lists: { readonly clinician: AppointmentList; readonly patient: AppointmentList }
  readonly rooms: readonly string[]
  readonly note: NoteView
  /** The Encounter of before, as it was. */
  readonly registered: Encounter | undefined
  readonly read: Readonly<Record<Station, Asked>>
  readonly filing: readonly SeenRequest[]
}

export const worldOf = ({ personality, settings }: Pick<Row, 'personality' | 'settings'>): Promise<World> =>
  openWorld({ personality, config: having({ issuer: settings }) })

/** Registration's own Encounter; its id. */
export const register = (world: World, appointment: string, linked: boolean): Promise<string> =>
  registered(world, margaret.reference, {
    ...{ status: 'in-progress', class: actCode('AMB'), period: { start: new Date(world.now()).toISOString() } },
    ...(linked ? about(appointment) : {}),
  })

/** Both sides from their EHR's screens to the chart: launch, list, door, call, note, signature, filing. */
export async function walk(world: World, row: Pick<Row, 'registered'>): Promise<Walked> {
  const appointment = await book(world)
  const encounter =
    row.registered === 'none' ? undefined : await register(world, appointment, row.registered === 'linked')
  const before = encounter === undefined ? undefined : world.ehr.resource('Encounter', encounter)
  const context = { patient: margaret.id, appointment }
  const { at, heard } = listening(world)
  const doctor = { ...context, user: practitioners.chen.reference, ...(encounter === undefined ? {} : { encounter }) }
  const clinician = await at('clinician signs in', () => world.signIn(doctor))
  const patient = await at('patient signs in', () => world.signIn({ ...context, user: margaret.reference }))
  const lists = {
    clinician: await at('clinician lists', () => listOf(clinician)),
    patient: await at('patient lists', () => listOf(patient)),
  }
  const visit = await at('clinician opens', () => open(clinician, appointment))
  await at('patient opens', () => open(patient, appointment))
  const rooms = await at('from the door to the signature', () => meet(clinician, patient, visit))
  const asked = world.ehr.requests.length
  await attempt({ clinician, visit })
  const note = bodyOf<NoteView>(await clinician.get(`${visit}/note`))
  const filing = world.ehr.requests.slice(asked)
  return { appointment, clinician, patient, visit, lists, rooms, note, registered: before, filing, read: heard() }
}

const listOf = async (person: Person) => bodyOf<AppointmentList>(await person.get('/api/appointments'))

/** Knocked, admitted, talked, written, ended, signed; the rooms the two were let into. */
async function meet(clinician: Person, patient: Person, visit: string): Promise<readonly string[]> {
  bodyOf(await knock(patient, visit))
  bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
  const tokens = [
    bodyOf<RoomToken>(await tokenFor(clinician, visit)),
    bodyOf<RoomToken>(await tokenFor(patient, visit)),
  ]
  bodyOf(await save(clinician, visit))
  bodyOf(await inTheCall(patient, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
  return tokens.map(({ room }) => room)
}

/** Writes down what the EHR is asked at each station. */
function listening({ ehr }: World) {
  const noted = new Map<string, Asked>()
  return {
    async at<T>(station: Station, work: () => Promise<T>): Promise<T> {
      const before = ehr.requests.length
      const done = await work()
      noted.set(station, ehr.requests.slice(before).map(asWords).sort())
      return done
    },
    heard: () => Object.fromEntries(noted) as Record<Station, Asked>, // sound: the walk passes every station
  }
}

/** Such as `GET Patient`, and `PATCH Appointment 412` where it was refused; a Bundle has no type in its address. */
export const asWords = ({ method, path, status }: SeenRequest): string =>
  [method, path.split('/')[1] || 'Bundle', ...(status < 400 ? [] : [status])].join(' ')
