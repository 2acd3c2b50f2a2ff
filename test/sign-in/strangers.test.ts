// Who is nobody here although the record system signs them in: references to other hosts, roles and guardianships that are over.
// And that a name from outside is a name: one line, short, which turns nothing around.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { UserRef } from '../../sandbox/ehr/contract.ts'
import type { ClinicianView, RoomToken } from '../../server/wire/wire.ts'
import { attempt } from '../support/chart.ts'
import { startCrookedEhr } from '../support/crooked-ehr.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, inCall, open, signed, tokenFor } from '../support/visits.ts'
import { arrive, comeBack, leave, personOf } from '../support/walk.ts'
import { listing, openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const elsewhere = 'https://elsewhere.example/fhir'
const day = 24 * 3600_000

let world: World
let crooked: Awaited<ReturnType<typeof startCrookedEhr>>
const said: NonNullable<Parameters<typeof startCrookedEhr>[0]> = {}
beforeAll(async () => {
  crooked = await startCrookedEhr(said)
  const other = listing(crooked.iss)
  world = await openWorld({
    organisations: ['riverside', 'harbor'],
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => (o.id === 'harbor' ? other(o) : o)) }),
  })
})
afterAll(async () => {
  await world.close()
  await crooked.close()
})

describe('someone whose record', () => {
  const isNobody = (user: UserRef) => refuses(world, 'role-unknown', () => arrive(world.url, world.ehr, { user }))
  const guardian = (id: string, of: object) =>
    world.ehr.put({ resourceType: 'RelatedPerson', id, patient: { reference: patients.noor.reference }, ...of })
  const role = (id: string, of: object) => world.ehr.put({ resourceType: 'PractitionerRole', id, ...of })

  test('says they act for a patient of another hospital is nobody here, though the patient’s id is one of ours', async () => {
    await guardian('t-elsewhere', { patient: { reference: `${elsewhere}/${patients.noor.reference}` } })

    await isNobody('RelatedPerson/t-elsewhere')
  })

  test('says they act for our patient by our own whole address is who they say', async () => {
    await guardian('t-whole', { patient: { reference: `${world.ehr.iss}/${patients.noor.reference}` } })

    expect((await arrive(world.url, world.ehr, { user: 'RelatedPerson/t-whole' })).status).toBe(303)
  })

  test('says they act for a practitioner is nobody here', async () => {
    await guardian('t-no-patient', { patient: { reference: practitioners.chen.reference } })

    await isNobody('RelatedPerson/t-no-patient')
  })

  test('is a role of a practitioner at another hospital is not the clinician here who has the same id', async () => {
    await role('t-role-elsewhere', { practitioner: { reference: `${elsewhere}/${practitioners.chen.reference}` } })

    await isNobody('PractitionerRole/t-role-elsewhere')
  })

  test('is a role that is no longer held is nobody here, and one that is held is its clinician', async () => {
    const practitioner = { reference: practitioners.chen.reference }
    await role('t-role-left', { practitioner, active: false })
    await role('t-role-held', { practitioner, active: true })

    await isNobody('PractitionerRole/t-role-left')

    const holder = await world.signIn({ user: 'PractitionerRole/t-role-held' })
    expect((await holder.get('/api/me')).body).toMatchObject({ role: 'clinician', name: practitioners.chen.name })
  })

  test.each<[string, object]>([
    ['ended yesterday', { period: { end: instant(-day) } }],
    ['ended last year', { period: { end: String(new Date().getUTCFullYear() - 1) } }],
    ['begins tomorrow', { period: { start: instant(day) } }],
    ['is not active', { active: false, period: { start: instant(-day), end: instant(day) } }],
  ])('says that acting for the patient %s is nobody here', async (_when, of) => {
    await guardian('t-guardian', of)

    await isNobody('RelatedPerson/t-guardian')
  })

  test.each<[string, object]>([
    ['yesterday until tomorrow', { start: instant(-day), end: instant(day) }],
    ['yesterday', { start: instant(-day) }],
    ['the year until its end', { start: '2020', end: instant(0).slice(0, 4) }],
    ['the month until its end', { end: instant(0).slice(0, 7) }],
    ['the day until its end', { end: instant(0).slice(0, 10) }],
  ])('says that acting for the patient holds from %s is let in', async (_when, period) => {
    await guardian('t-guardian', { active: true, period })

    expect((await arrive(world.url, world.ehr, { user: 'RelatedPerson/t-guardian' })).status).toBe(303)
  })
})

describe('at a record system that says what it likes', () => {
  const practitioner = 'Practitioner/p'
  const mine = `/PractitionerRole?${new URLSearchParams({ practitioner })}`
  const found = (...resources: readonly object[]) => ({
    body: { resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) },
  })

  /** A clinician who signs in there; `fhir` is what it answers beside their own record. */
  async function clinicianThere(token: Record<string, unknown>, fhir: Record<string, { body: unknown }>) {
    Object.assign(said, {
      claims: { fhirUser: practitioner },
      token,
      fhir: { ...fhir, '/Practitioner/p': { body: { resourceType: 'Practitioner', id: 'p' } } },
    })
    const search = `?${new URLSearchParams({ iss: crooked.iss, launch: 'x' })}`
    const { cookie, location } = await leave(world.url, search)
    return personOf(world.url, await comeBack(world.url, crooked.callback(location), cookie))
  }

  test('a clinician gets into no appointment by a role that another hospital gave to the same id', async () => {
    const held = { resourceType: 'PractitionerRole', id: 'held', practitioner: { reference: practitioner } }
    const foreign = { ...held, id: 'foreign', practitioner: { reference: `${elsewhere}/${practitioner}` } }
    const doctor = await clinicianThere(
      {},
      {
        [mine]: found(held, foreign),
        ...appointmentOf('by-held', 'PractitionerRole/held'),
        ...appointmentOf('by-foreign', 'PractitionerRole/foreign'),
      },
    )

    await refuses(world, 'not-participant', () => doctor.post('/api/visits', { appointment: 'by-foreign' }))

    expect((await doctor.post('/api/visits', { appointment: 'by-held' })).status).toBe(200)
  })

  test('a launch that says null for what it has not open is a launch without it', async () => {
    const nothing = { encounter: null, patient: null, appointment: null }

    const doctor = await clinicianThere(nothing, { [mine]: found() })

    expect((await doctor.get('/api/me')).body).toMatchObject({ role: 'clinician', onePatient: false })
  })

  const appointmentOf = (id: string, reference: string) => ({
    [`/Appointment/${id}`]: {
      body: {
        ...{ resourceType: 'Appointment', id, status: 'booked', start: instant(0), end: instant(1800_000) },
        participant: ['Patient/x', reference].map((actor) => ({ actor: { reference: actor }, status: 'accepted' })),
      },
    },
    '/Patient/x': { body: { resourceType: 'Patient', id: 'x' } },
  })
})

describe('a name from outside', () => {
  const forged = '\u202eDr. Eve\u061c\n\nSigned by Dr. Chen\u2028\u0000\r\n\u2066'
  const name = [{ use: 'official' as const, text: `${forged}${'very '.repeat(20_000)}long` }]

  test('is one plain line of at most 120 characters in the room and in the chart', async () => {
    await world.ehr.put({ resourceType: 'Practitioner', id: 't-eve', name })
    await world.ehr.put({ resourceType: 'Patient', id: 't-eve', name, birthDate: '1980-01-01' })
    const walked = await signed(world, { ...eves, clinicianUser: eves.practitioner })

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    const note = world.ehr.all('DocumentReference').at(-1)
    const text = Buffer.from(note?.content[0]?.attachment.data ?? '', 'base64').toString('utf8')
    const signatures = text.split('\n').filter((line) => line.startsWith('Signed by'))
    expect(signatures).toEqual([expect.stringMatching(/^Signed by Dr\. Eve Signed by Dr\. Chen very very [a-z ]+, /)])
    isPlain(note?.author?.[0]?.display)
    expect(text).not.toMatch(turning)
  })

  test('is so on everyone’s screen too, with the reason and whoever the appointment names', async () => {
    await world.ehr.put({ resourceType: 'Practitioner', id: 't-eve', name })
    await world.ehr.put({ resourceType: 'Patient', id: 't-eve', name, birthDate: '1980-01-01' })
    const { appointment, clinician, patient, visit } = await inCall(world, {
      ...eves,
      clinicianUser: eves.practitioner,
    })
    const kept = world.ehr.resource('Appointment', appointment)
    if (kept === undefined) throw new Error('no such Appointment')
    const participant = kept.participant.map((p) => ({ ...p, actor: { ...p.actor, display: name[0]?.text ?? '' } }))
    await world.ehr.put({ ...kept, participant, description: name[0]?.text ?? '' })
    await open(clinician, appointment)

    const tokens = [await tokenFor(clinician, visit), await tokenFor(patient, visit)].map((t) => bodyOf<RoomToken>(t))
    const view = bodyOf<ClinicianView>(await clinician.get(visit))

    for (const { token, displayName } of tokens) {
      isPlain(displayName)
      expect(decodeJwt(token)).toMatchObject({ context: { user: { name: displayName } } })
    }
    isPlain(view.patient.name)
    isPlain(view.clinicians[0])
    expect(view.reason).not.toMatch(turning)
    expect(view.reason?.length).toBeLessThanOrEqual(200)
  })
})

const eves = { patient: 'Patient/t-eve', practitioner: 'Practitioner/t-eve' } as const

const turning = /[\p{Bidi_Control}\u2028\u2029\0\r]/u

function isPlain(name: string | undefined): void {
  expect(name).toMatch(/^Dr\. Eve Signed by Dr\. Chen very/)
  expect(name).not.toMatch(turning)
  expect(name).not.toContain('\n')
  expect([...(name ?? '')].length).toBeLessThanOrEqual(120)
}

function instant(fromNow: number): string {
  return new Date(Date.now() + fromNow).toISOString()
}
