// Who waits is here, away or gone, on every screen alike: over closed pages, words of their own, restarts, and several devices.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, PatientView } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, knock, opened, placeOf, rowIn, say, visitIdOf, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients } = clinic
const zoe = { patient: patients.zoe.reference }

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const doorOf = async (clinician: Person, visit: string) => bodyOf<ClinicianView>(await clinician.get(visit)).door[0]
const seconds = (n: number) => world.later(n / 60)

test('whoever closes their page is away, and comes back to their place; whoever comes back too late waits anew, and reads why', async () => {
  const { clinician, patient, visit, appointment } = await waiting(world)
  const first = await doorOf(clinician, visit)

  seconds(60)
  const gone = await doorOf(clinician, visit)
  expect(gone).toMatchObject({ here: false, away: { since: expect.any(String), until: expect.any(String) } })
  expect((await rowIn(clinician, appointment))?.visit).toMatchObject({ waiting: 1, here: 0, away: gone?.away })

  seconds(8 * 60)
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'door', since: first?.knockedAt })
  expect(await doorOf(clinician, visit)).toMatchObject({ here: true, knockedAt: first?.knockedAt })

  seconds(11 * 60)
  expect((await rowIn(clinician, appointment))?.visit).toMatchObject({
    waiting: 0,
    here: 0,
    leftAt: expect.any(String),
  })
  const left = await doorOf(clinician, visit)
  expect(left).toMatchObject({ here: false, leftAt: expect.any(String) })
  expect(left).not.toHaveProperty('away')
  const back = await placeOf(patient, visit)
  expect(back).toMatchObject({ at: 'door', goneSince: left?.leftAt })
  expect('since' in back && first !== undefined && back.since > first.knockedAt).toBe(true)
  expect((await world.audit()).filter(({ event }) => event === 'came-back')).toHaveLength(1)
})

test('whoever has the page open and has not knocked is told of as no more than that, and nobody is who has closed it or knocked', async () => {
  const { clinician, patient, visit, appointment } = await opened(world)
  const told = async () => [
    bodyOf<ClinicianView>(await clinician.get(visit)).checking,
    (await rowIn(clinician, appointment))?.visit?.checking,
  ]
  expect(await told()).toEqual([undefined, undefined])

  await patient.get(visit)
  expect(await told()).toEqual([true, true])
  seconds(60)
  expect(await told()).toEqual([undefined, undefined])

  bodyOf(await knock(patient, visit))
  await patient.get(visit)
  expect(await told()).toEqual([undefined, undefined])
})

test('whoever was gone does not pass those who stayed', async () => {
  const early = await waiting(world)
  seconds(1)
  const stayed = await waiting(world, zoe)
  for (let minutes = 0; minutes < 11; minutes++) {
    seconds(60)
    await stayed.patient.get(stayed.visit)
  }

  bodyOf(await early.patient.get(early.visit))
  seconds(2)

  expect(await placeOf(stayed.patient, stayed.visit)).toMatchObject({ ahead: 0 })
  expect(await placeOf(early.patient, early.visit)).toMatchObject({ ahead: 1 })
})

test('whoever steps away is away until then on every screen, keeps their place, and says when they are back', async () => {
  const { clinician, patient, visit, appointment, doorId } = await waiting(world)
  const { knockedAt } = (await doorOf(clinician, visit)) ?? {}

  const { place } = bodyOf<PatientView>(await patient.post(`${visit}/step-away`, { where: 'away' }))

  expect(place).toMatchObject({ at: 'door', backBy: expect.any(String), since: knockedAt })
  const until = 'backBy' in place ? place.backBy : undefined
  expect(await doorOf(clinician, visit)).toMatchObject({ doorId, here: false, away: { until, said: true } })
  expect((await rowIn(clinician, appointment))?.visit).toMatchObject({ waiting: 1, here: 0, away: { said: true } })
  expect(bodyOf<{ visits: { visit: string }[] }>(await clinician.get('/api/who-waits')).visits).not.toContainEqual(
    expect.objectContaining({ visit: visitIdOf(visit) }),
  )

  bodyOf(await patient.post(`${visit}/step-away`, { where: 'back' }))
  expect(await doorOf(clinician, visit)).toMatchObject({ here: true, knockedAt })
  expect(await placeOf(patient, visit)).not.toHaveProperty('backBy')
  const events = (await world.audit()).map(({ event }) => event)
  expect(events.filter((event) => event.startsWith('stepped'))).toEqual(['stepped-away', 'stepped-back'])
})

test('only who waits can step away', async () => {
  const { clinician, patient, visit } = await opened(world)
  await refuses(world, 'not-at-door', () => patient.post(`${visit}/step-away`, { where: 'away' }))
  await refuses(world, 'patient-only', () => clinician.post(`${visit}/step-away`, { where: 'away' }))
})

test('a restart takes nobody’s place, and keeps nobody’s for ever', async () => {
  const { clinician, patient, visit } = await waiting(world)
  const { knockedAt } = (await doorOf(clinician, visit)) ?? {}

  await world.restart()
  // No page has been heard of yet: nobody is counted, and nobody has lost a place.
  expect(await doorOf(clinician, visit)).toMatchObject({ here: false, away: { until: expect.any(String) } })
  seconds(60)
  expect(await placeOf(patient, visit)).toMatchObject({ since: knockedAt })

  await world.restart()
  seconds(11 * 60)
  expect(await doorOf(clinician, visit)).toMatchObject({ here: false, leftAt: expect.any(String) })
})

test('of who is gone a clinician can say what became of it, without waiting for the door to close', async () => {
  const { clinician, patient, visit } = await opened(world, { startsInMinutes: -20 })
  bodyOf(await knock(patient, visit))
  await refuses(world, 'visit-not-finished', () => say(clinician, visit, 'did-not-come'))
  seconds(11 * 60)

  bodyOf(await say(clinician, visit, 'did-not-come'))

  expect(await placeOf(patient, visit)).toMatchObject({ at: 'finished', as: 'missed' })
})

test('of two devices of one person the newer takes over, the older is told so at once, and keeps nobody here', async () => {
  const { clinician, patient, visit, appointment } = await waiting(world)
  const telephone = await world.signIn({ user: patients.margaret.reference as `Patient/${string}`, appointment })
  await telephone.post('/api/visits', { appointment })
  const desk = bodyOf<PatientView>(await patient.get(visit))
  const heard = await watch(world, patient, `${visit}/events`)
  await heard.until(0)
  const before = heard.besides()

  const phone = bodyOf<PatientView>(await telephone.get(visit))

  expect(phone).not.toHaveProperty('elsewhere')
  await eventually(() => expect(heard.besides()).toBeGreaterThan(before))
  heard.stop()
  expect(bodyOf<PatientView>(await patient.get(`${visit}?seat=${desk.seat}`))).toMatchObject({ elsewhere: true })
  expect(bodyOf<PatientView>(await telephone.get(`${visit}?seat=${phone.seat}`))).not.toHaveProperty('elsewhere')
  // The telephone falls asleep: the page at the desk does not say that somebody is there.
  seconds(60)
  bodyOf(await patient.get(`${visit}?seat=${desk.seat}`))
  expect(await doorOf(clinician, visit)).toMatchObject({ here: false })
  // Taken back at the desk, also after a restart.
  await world.restart()
  const again = bodyOf<PatientView>(await patient.get(visit))
  expect(again.seat).toBeGreaterThan(phone.seat ?? 0)
  expect(bodyOf<PatientView>(await telephone.get(`${visit}?seat=${phone.seat}`))).toMatchObject({ elsewhere: true })
})

test('who cannot make it leaves the queue, ends nothing, and can come after all', async () => {
  const { clinician, patient, visit, appointment } = await waiting(world)

  const { place } = bodyOf<PatientView>(await patient.post(`${visit}/devices`, { cannotCome: true }))

  expect(place).toMatchObject({ at: 'outside', cannotCome: expect.any(String) })
  const view = bodyOf<ClinicianView>(await clinician.get(visit))
  expect(view).toMatchObject({ status: 'arrived', cannotCome: true, door: [] })
  expect(view.stuck).toMatchObject([{ hindrance: { cannotCome: true } }])
  expect((await rowIn(clinician, appointment))?.visit).toMatchObject({
    cannotComeSince: expect.any(String),
    waiting: 0,
  })
  expect((await world.audit()).filter(({ event }) => event === 'cannot-come-said')).toHaveLength(1)

  bodyOf(await knock(patient, visit))
  expect(bodyOf<ClinicianView>(await clinician.get(visit))).not.toHaveProperty('cannotCome')
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
})

test('of a visit that they cannot make, it can be said before its hour that it is moved, and the appointment stays as it is', async () => {
  const { clinician, patient, visit, appointment } = await opened(world, { startsInMinutes: 20 })
  await refuses(world, 'visit-not-finished', () => say(clinician, visit, 'moved'))
  bodyOf(await patient.post(`${visit}/devices`, { cannotCome: true }))

  const { outcome } = bodyOf<ClinicianView>(await say(clinician, visit, 'moved'))

  expect(outcome).toMatchObject({ is: 'moved', inChart: { appointment: 'untouched' } })
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'finished', as: 'moved' })
  const kept = world.ehr.all('Appointment').find(({ id }) => id === appointment)
  expect(kept).toMatchObject({ status: 'booked' })
})
