// The Appointments that the EHR lists for whoever asks: those that the launch named, or what searches find. What can be had stands, and the
// list says where something may be missing in it. Refuses only where nothing at all can be had.

import { type KnownAs, recordsOf } from '../domain/ehr/merged.ts'
import { idOf, isClinician, relativeTo } from '../domain/ehr/reference.ts'
import { isSilent, leftAlone, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { dayBounds, earliest, latest, plus } from '../domain/instant.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import { between, cannotBeHad, readingOf, unread } from './appointments.ts'
import type { SignedIn } from './caller.ts'
import { mineOf } from './day-rows.ts'
import type { House } from './house.ts'
import { inTime } from './in-time.ts'
import { asNamed, personBehind } from './merged.ts'
import { briefMs } from './own-roles.ts'

type Ehr = ReturnType<House['ehr']>
type Search = Awaited<ReturnType<Ehr['searchIncluding']>>
type Appointment = Search['found'][number]
type Patient = Search['patients'][number]

/** `chosen`: the id of the one that is meant. `isWhole` is false where there may be others, which could not be had. */
export type Listed = {
  readonly known: readonly Appointment[]
  readonly patients: Map<string, Patient>
  readonly chosen?: string
  readonly isWhole: boolean
  /** Of whom the launch is for, those who are known by several records. */
  readonly merged: readonly KnownAs[]
}

const aroundSeconds = 3 * 3600
const aheadSeconds = 30 * 24 * 3600

/** Several that the launch named are the list; else it is what the searches find, with the one that was named. */
export async function listedAppointments(house: House, ehr: Ehr, caller: SignedIn): Promise<Listed> {
  const several = await namedBy(ehr, caller)
  if (several.found.length > 0) {
    const merged = await namedOtherwise(house, caller, several.found)
    const [only, another] = several.found.filter((one) => mineOf(caller, one, merged).length > 0)
    const isClear = several.isWhole && another === undefined
    const chosen = isClear ? only?.id : undefined
    return { known: several.found, patients: new Map(), merged, isWhole: several.isWhole, ...given({ chosen }) }
  }
  const [first, chosen] = await Promise.all([searchAppointments(house, ehr, caller), chosenBy(ehr, caller)])
  const elsewhere = await underOtherRecords(house, ehr, caller, first)
  const pages = { found: [...first.found, ...elsewhere.found], isWhole: first.isWhole && elsewhere.isWhole }
  const known = new Map(pages.found.flatMap((p) => p.found).map((a) => [a.id, a]))
  const patients = new Map([...elsewhere.records, ...pages.found.flatMap((p) => p.patients)].map((p) => [p.id, p]))
  if (typeof chosen.read === 'object') known.set(chosen.read.id, chosen.read)
  const missed = chosen.read === 'unread' && !known.has(chosen.id ?? '')
  const isWhole = several.isWhole && pages.isWhole && !missed
  const named = typeof chosen.read === 'object' ? [chosen.read] : []
  const merged = [...elsewhere.merged, ...(await namedOtherwise(house, caller, named))]
  return { known: [...known.values()], patients, merged, isWhole, ...given({ chosen: chosen.id }) }
}

/** Those of several that can be had; which of them is meant, only the person knows. */
async function namedBy(ehr: Ehr, { launch }: SignedIn) {
  const read = await Promise.all((launch.appointments ?? []).map((id) => readIn(ehr, id)))
  const found = read.flatMap((one) => (typeof one === 'object' ? one : []))
  return { found, isWhole: !read.includes('unread') }
}

/** `absent` where the EHR says itself that it has none. */
async function readIn(ehr: Ehr, id: string): Promise<Appointment | 'absent' | 'unread'> {
  const read = await ehr.readOrAbsence('Appointment', id).catch(unread)
  if (read === 'unknown' || read === 'deleted') return 'absent'
  return typeof read === 'object' ? read.resource : 'unread'
}

type Searched = { readonly found: readonly Search[]; readonly isWhole: boolean }

/** Whom alone the launch is for; nobody where a clinician means all their day. */
const onlyFor = ({ role, patient, patients }: Launch): readonly Ref<'Patient'>[] =>
  role !== 'clinician' ? patients : patient === undefined ? [] : [patient]

/** The Appointments of those of them whose record was replaced, under the others that are theirs: an EHR moves Appointments along sooner or later. */
async function underOtherRecords(
  house: House,
  ehr: Ehr,
  caller: SignedIn,
  first: Searched,
): Promise<Searched & Pick<Listed, 'merged'> & { readonly records: readonly Patient[] }> {
  const { launch } = caller
  const included = first.found.flatMap((page) => page.patients)
  const read = onlyFor(launch).map(async (one) => {
    const record = included.find(({ id }) => id === idOf(one))
    return record ?? (await ehr.read('Patient', idOf(one)).catch(unread))?.resource
  })
  const records = (await Promise.all(read)).flatMap((one) => one ?? [])
  const people = await Promise.all(records.map((one) => personBehind(house, launch, one).catch(leftAlone)))
  const merged = people.flatMap((one) => (one?.replaced === undefined ? [] : one))
  const others = merged.flatMap(recordsOf).filter((one) => !onlyFor(launch).includes(one))
  if (others.length === 0) return { found: [], isWhole: true, merged, records }
  const { search, ends } = await searching(house, ehr, caller)
  const answers = await Promise.all(others.map((one) => search('patient', one, ends)))
  const found = answers.flatMap((one) => (one instanceof Refusal ? [] : one))
  return {
    found,
    merged,
    records,
    isWhole: found.length === answers.length && found.every((one) => one.isWhole && !one.unread),
  }
}

/** Those of them whom an Appointment that the launch named calls by another of their records. */
async function namedOtherwise(
  house: House,
  caller: SignedIn,
  appointments: readonly Appointment[],
): Promise<readonly KnownAs[]> {
  const { launch } = caller
  const named = appointments.flatMap((one) => readingOf(caller, one).patients)
  const people = onlyFor(launch).map((patient) => asNamed(house, launch, { patient }, named))
  return (await Promise.all(people)).filter(({ replaced }) => replaced !== undefined)
}

/** Searches from the beginning of the day on, as this EHR takes them; `ends` is how far a launch for one patient looks. */
async function searching(house: House, ehr: Ehr, { launch, organisation }: SignedIn) {
  const now = house.now()
  const day = dayBounds(now, organisation.timeZone)
  // At midnight the day is not over for whom is at work: the hours around now belong to it.
  const from = earliest(day.from, plus(now, -aroundSeconds))
  const until = latest(day.until, plus(now, aroundSeconds))
  const { appointmentsOf, includesPatients, told } = await house.profile(launch, 'briefly')
  const search = (by: string, whose: Ref, end: Instant) =>
    ehr.searchIncluding([[by, whose], ...between(from, end)], includesPatients).catch(cannotBeHad)
  const ends = launch.role === 'clinician' ? until : plus(from, aheadSeconds)
  return { search, appointmentsOf, told, ends }
}

/** Several searches run side by side. */
async function searchAppointments(house: House, ehr: Ehr, caller: SignedIn): Promise<Searched> {
  const { launch } = caller
  const { search, appointmentsOf, told, ends } = await searching(house, ehr, caller)
  if (launch.role !== 'clinician' || launch.patient !== undefined)
    return asFarAsHad(await Promise.all(onlyFor(launch).map((one) => search('patient', one, ends))))
  const mine = (by: typeof appointmentsOf) =>
    Promise.all(whoseDay(launch, by).map(async (me) => withoutRole(house, me, await search(by, me, ends))))
  const found = await mine(appointmentsOf)
  // An EHR that has not said yet by which name it is searched for a clinician's Appointments is asked by the other one too.
  const [own] = found
  return asFarAsHad(!told && isRefused(own) ? await mine('practitioner') : found)
}

/**
 * Refuses where none could be had, by what is to be done about it: whoever is signed out signs in again, and who is too busy says until when. An EHR
 * that says no to one of them is not silent, whatever it says to the others.
 */
function asFarAsHad(answers: readonly (Search | Refusal)[]): Searched {
  const found = answers.flatMap((one) => (one instanceof Refusal ? [] : one))
  const failures = answers.flatMap((one) => (one instanceof Refusal ? one : []))
  const [first] = failures
  if (found.length === 0 && first !== undefined) {
    const why = first.code === 'ehr-session-ended' ? first : (longestBusy(failures) ?? first)
    throw failures.every(isSilent)
      ? why
      : new Refusal(why.code, { cause: why, detail: { ...why.detail, answered: true } })
  }
  return { found, isWhole: failures.length === 0 && found.every((one) => one.isWhole && !one.unread) }
}

const longestBusy = (failures: readonly Refusal[]): Refusal | undefined =>
  failures
    .filter(({ code }) => code === 'ehr-busy')
    .toSorted((a, b) => (b.detail.retryAfter ?? 0) - (a.detail.retryAfter ?? 0))[0]

/** Where only `practitioner` is searched, a role cannot be asked for: its Appointments name the Practitioner too, or are not found. */
const whoseDay = ({ self }: Launch, by: 'actor' | 'practitioner') =>
  self.filter((me) => by === 'actor' || isClinician(me))

function withoutRole({ log }: House, me: Ref, answer: Search | Refusal): Search | Refusal {
  if (answer instanceof Refusal && !isClinician(me)) log.warn('roles-unread', { code: answer.code })
  return answer
}

const isRefused = (answer: unknown): boolean => answer instanceof Refusal && answer.code === 'ehr-refused'

type Chosen = { readonly id?: string | undefined; readonly read?: Awaited<ReturnType<typeof readIn>> }

/** What the launch named: its Appointment, or the one its Encounter belongs to. */
async function chosenBy(ehr: Ehr, { launch }: SignedIn): Promise<Chosen> {
  const id = launch.appointment ?? (await appointmentOfEncounter(ehr, launch.encounter, relativeTo(launch.iss)))
  return id === undefined ? {} : { id, read: await readIn(ehr, id) }
}

async function appointmentOfEncounter(ehr: Ehr, encounter: Ref | undefined, relative: (r: string) => Ref | undefined) {
  if (encounter === undefined) return undefined
  // Nobody's day waits for it: told late, the Appointment stands in the list, and is not opened by itself.
  const found = await inTime(ehr.read('Encounter', idOf(encounter)).catch(unread), briefMs)
  const [only, another] = found?.resource.appointment ?? []
  const reference = another === undefined ? relative(only?.reference ?? '') : undefined
  return reference?.startsWith('Appointment/') ? idOf(reference) : undefined
}
