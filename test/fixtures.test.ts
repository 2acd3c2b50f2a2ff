// The clinic's day: valid R4, whole in itself, and the people in it who they are said to be.
import type { Appointment, Condition, Encounter, FhirResource, Observation, Patient, Person } from 'fhir/r4'
import { describe, expect, test } from 'vitest'
import { clinic, clinicDay, fixtureSystem } from '../fhir-fixtures/day.ts'
import { validate } from '../sandbox/ehr/validate.ts'

const NOON = new Date('2026-03-02T17:03:20Z')
const MINUTE = 60_000
const today = clinicDay(NOON)

/** Sound: `type` and the resource's own type are compared before anything is returned. */
const all = <R extends FhirResource>(type: R['resourceType']) =>
  today.filter((resource) => resource.resourceType === type) as R[]
const one = <R extends FhirResource>(type: R['resourceType'], id: string) => all<R>(type).find((r) => r.id === id)

const clinicDate = new Intl.DateTimeFormat('en-CA', { timeZone: clinic.timeZone })

function strings(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]]
  if (Array.isArray(value)) return value.flatMap((item) => strings(item, key))
  return Object.entries(value ?? {}).flatMap(([name, inner]) => strings(inner, name))
}

describe('the day as FHIR', () => {
  test('an R4 server finds nothing wrong with any of it', () => {
    const wrong = clinicDay(NOON).flatMap((resource) =>
      validate(resource).map((issue) => `${resource.id}: ${issue.expression} ${issue.details.text}`),
    )

    expect(wrong).toEqual([])
  })

  test('whoever follows a reference finds who it names within the day', () => {
    const day = clinicDay(NOON)

    const present = new Set(day.map((resource) => `${resource.resourceType}/${resource.id}`))
    const followed = strings(day).flatMap(([key, value]) => (key === 'reference' ? [value] : []))

    expect(followed.length).toBeGreaterThan(200)
    expect(followed.filter((reference) => !present.has(reference))).toEqual([])
  })

  test('nobody shares an id, and no id could be a number on a shared server', () => {
    const ids = clinicDay(NOON).map((resource) => resource.id ?? '')

    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !id.startsWith('hc-') || id.length > 64)).toEqual([])
  })

  test('everyone can be found by the identifier of these fixtures, whatever id a server gives them', () => {
    const found = clinicDay(NOON).map((resource) =>
      strings('identifier' in resource ? resource.identifier : []).some(([, value]) => value === fixtureSystem),
    )

    expect(found.every(Boolean)).toBe(true)
  })

  test('whoever changes a day changes their own copy', () => {
    const [mine] = clinicDay(NOON)
    if (mine) mine.id = 'scribbled-on'

    expect(clinicDay(NOON)[0]?.id).not.toBe('scribbled-on')
  })
})

describe('the validation itself', () => {
  const booked = {
    resourceType: 'Appointment',
    status: 'booked',
    start: '2026-03-02T10:00:00Z',
    end: '2026-03-02T10:20:00Z',
    participant: [{ actor: { reference: 'Patient/hc-a' }, status: 'accepted' }],
  }

  test.each([
    ['a status FHIR does not have', { ...booked, status: 'boked' }, 'Appointment.status'],
    [
      'a participant who is an organisation',
      { ...booked, participant: [{ actor: { reference: 'https://ehr.example/Organization/1' }, status: 'accepted' }] },
      'Appointment.participant.actor',
    ],
    [
      'a condition with a status of somebody’s own',
      {
        resourceType: 'Condition',
        clinicalStatus: { coding: [{ system: 'https://ehr.example', code: 'active' }] },
        subject: { reference: 'Patient/hc-a' },
      },
      'Condition.clinicalStatus',
    ],
    ['a reason for cancelling a visit that stands', { ...booked, cancelationReason: { text: 'Flu' } }, 'Appointment'],
    ['an element nobody defined', { ...booked, room: 'blue' }, 'Appointment.room'],
    ['something without a type', { status: 'booked' }, undefined],
  ])('%s is noticed', (_what, resource, path) => {
    const [issue] = validate(resource)

    expect(issue?.severity).toBe('error')
    expect(issue?.expression?.[0]).toBe(path)
  })

  test('a sound appointment passes', () => {
    expect(validate(booked)).toEqual([])
  })
})

describe('the names code uses', () => {
  test('patients, and Noor’s mother, are who the resources say they are', () => {
    const { patients, relatedPersons, persons } = clinic
    const people = [patients, relatedPersons, persons].flatMap((named) => Object.values(named))

    for (const { id, name, birthDate } of people) {
      const person = clinicDay(NOON).find((resource) => resource.id === id) as Patient
      expect([person.name?.[0]?.text, person.birthDate]).toEqual([name, birthDate])
    }
    expect(all('Patient')).toHaveLength(Object.keys(clinic.patients).length)
  })

  test('practitioners and encounters are all there', () => {
    const present = new Set(clinicDay(NOON).map((resource) => `${resource.resourceType}/${resource.id}`))
    const { practitioners, encounters, organization, location } = clinic
    const named = [...Object.values(practitioners), ...Object.values(encounters), organization, location]

    expect(named.filter(({ reference }) => !present.has(reference))).toEqual([])
    expect(Object.values(practitioners).filter(({ role }) => !present.has(role))).toEqual([])
    expect(all('Encounter')).toHaveLength(Object.keys(encounters).length)
  })

  test('appointments are of that patient, with that practitioner or their role, at that time', () => {
    const base = Math.floor(NOON.getTime() / (5 * MINUTE)) * 5 * MINUTE

    for (const named of Object.values(clinic.appointments)) {
      const appointment = one<Appointment>('Appointment', named.id)
      const actors = appointment?.participant.map(({ actor }) => actor?.reference)
      const by = Object.values(clinic.practitioners).find(({ reference }) => reference === named.practitioner)
      expect(actors).toContain(named.patient)
      expect(actors?.some((actor) => actor === by?.reference || actor === by?.role)).toBe(true)
      expect(Date.parse(appointment?.start ?? '') - base).toBe(named.startsInMinutes * MINUTE)
    }
    expect(all('Appointment')).toHaveLength(Object.keys(clinic.appointments).length)
  })
})

describe('the people of the day', () => {
  const actorsOf = (id: string) => one<Appointment>('Appointment', id)?.participant.map(({ actor }) => actor?.reference)

  test('Noor, who is a child, comes with her mother', () => {
    expect(actorsOf(clinic.appointments.noor.id)).toContain(clinic.relatedPersons.layla.reference)
  })

  test('José prefers Spanish and needs an interpreter', () => {
    const jose = one<Patient>('Patient', clinic.patients.jose.id)

    expect(jose?.communication?.[0]).toMatchObject({ preferred: true, language: { coding: [{ code: 'es' }] } })
    expect(jose?.extension?.[0]).toMatchObject({ valueBoolean: true })
  })

  test('the doctors of José and Ólafur are in their appointments by role', () => {
    expect(actorsOf(clinic.appointments.jose.id)).toContain(clinic.practitioners.okafor.role)
    expect(actorsOf(clinic.appointments.olafur.id)).toContain(clinic.practitioners.chen.role)
  })

  test('Margaret has two appointments on one day', () => {
    const hers = all<Appointment>('Appointment').filter(({ participant }) =>
      participant.some(({ actor }) => actor?.reference === clinic.patients.margaret.reference),
    )

    expect(new Set(hers.map(({ start }) => clinicDate.format(new Date(start ?? ''))))).toHaveLength(1)
    expect(hers).toHaveLength(2)
  })

  test('Katrin Brandt is both a nurse and a patient, and one account may be both', () => {
    expect(clinic.practitioners.brandt.name).toContain(clinic.patients.brandt.name)
    for (const { id, links } of Object.values(clinic.persons))
      expect(one<Person>('Person', id)?.link?.map(({ target }) => target.reference)).toEqual(links)
  })

  test('only Dwayne’s appointment is cancelled, and says why', () => {
    const cancelled = all<Appointment>('Appointment').filter(({ status }) => status === 'cancelled')

    expect(cancelled.map(({ id }) => id)).toEqual([clinic.appointments.dwayne.id])
    expect(cancelled[0]?.cancelationReason).toBeDefined()
  })

  test('Ólafur’s hospital stay is in progress and belongs to no appointment', () => {
    const stay = one<Encounter>('Encounter', clinic.encounters.olafurInpatient.id)

    expect(stay).toMatchObject({ status: 'in-progress', class: { code: 'IMP' } })
    expect(stay).not.toHaveProperty('appointment')
    expect(
      all<Encounter>('Encounter').filter((e) => e.subject?.reference === clinic.patients.olafur.reference),
    ).toEqual([stay])
  })

  test.each(['margaret', 'jose'] as const)('the chart of %s shows about a year of vital signs', (key) => {
    const theirs = all<Observation>('Observation').filter(
      ({ subject }) => subject?.reference === clinic.patients[key].reference,
    )
    const times = theirs.map(({ effectiveDateTime }) => Date.parse(effectiveDateTime ?? ''))

    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(320 * 24 * 60 * MINUTE)
    for (const code of ['85354-9', '29463-7', '8867-4', '2708-6']) {
      expect(theirs.filter(({ code: { coding } }) => coding?.some((c) => c.code === code)).length).toBeGreaterThan(12)
    }
  })

  test('every problem on a list has the statuses and the category US Core asks for', () => {
    for (const { id, clinicalStatus, verificationStatus, category } of all<Condition>('Condition')) {
      expect([id, clinicalStatus?.coding, verificationStatus?.coding, category]).not.toContain(undefined)
    }
  })
})
