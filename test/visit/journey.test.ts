// The whole walk, from two launches to the chart, and at each station all five outcomes: the reply, what is kept, what the EHR was
// asked, what the other browser heard, what was logged.

import { jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { readToken, refusedRoom } from '../../sandbox/jitsi/token.ts'
import type { VisitId } from '../../server/domain/ids.ts'
import type { AppointmentList, ClinicianView, Me, NoteView, RoomToken } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import {
  admit,
  admitted,
  bodyOf,
  doorIdOf,
  file,
  inCall,
  knock,
  match,
  opened,
  placeOf,
  save,
  sign,
  soap,
  tokenFor,
  waiting,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { jitsiSecret, openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic

describe('a visit from two launches to the chart', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const keptVisit = (visit: string) => world.house.visits.get((visit.split('/').at(-1) ?? '') as VisitId) // sound: our own id
  const keptNote = (visit: string) => world.house.notes.get((visit.split('/').at(-1) ?? '') as VisitId) // sound: our own id
  const events = async () => (await world.audit()).map(({ event, outcome }) => `${event} ${outcome}`)
  const logged = (route: string, method: string) =>
    world
      .log()
      .split('\n')
      .filter((line) => line.includes(`"route":"/v/:launch/api${route}"`) && line.includes(`"method":"${method}"`))

  test('two sign-ins for one Appointment meet in one visit, each in their own role', async () => {
    const before = world.ehr.requests.length

    const { clinician, patient, visit, appointment } = await opened(world)

    const [doctor, margaret] = await Promise.all([clinician.get('/api/me'), patient.get('/api/me')])
    expect(bodyOf<Me>(doctor)).toMatchObject({ role: 'clinician', name: practitioners.chen.name, onePatient: true })
    expect(bodyOf<Me>(margaret)).toMatchObject({ role: 'patient', name: patients.margaret.name })
    expect(bodyOf<AppointmentList>(await clinician.get('/api/appointments')).chosen).toBe(appointment)
    expect(await keptVisit(visit)).toMatchObject({
      status: 'planned',
      appointment,
      patient: patients.margaret.reference,
    })
    const asked = world.ehr.requests.slice(before)
    expect(asked.filter(({ path }) => path === `/Appointment/${appointment}`).length).toBeGreaterThanOrEqual(2)
    expect(asked.every(({ method }) => method === 'GET')).toBe(true)
    expect((await events()).slice(-4)).toEqual([
      'launch success',
      'launch success',
      'appointment-opened success',
      'appointment-opened success',
    ])
  })

  test('a knock puts the patient at the door, and the clinician hears of it', async () => {
    const { clinician, patient, visit } = await opened(world)
    const hers = await watch(world, clinician, `${visit}/events`)
    const herDay = await watch(world, clinician, '/api/events')
    await hers.until(0)
    const day = await herDay.until(0)
    const asked = world.ehr.requests.length

    const answer = await knock(patient, visit)

    expect(answer.body).toMatchObject({ as: 'patient', place: { at: 'door', ahead: 0, clinician: 'here' } })
    const kept = await keptVisit(visit)
    expect(kept).toMatchObject({
      status: 'arrived',
      call: { door: [{ who: patients.margaret.reference, state: 'waiting' }] },
    })
    expect(world.ehr.requests.length).toBe(asked)
    expect(await hers.until(kept?.revision ?? 0)).toBe(kept?.revision)
    expect(await herDay.until(day + 1)).toBeGreaterThan(day)
    expect(hers.wire()).not.toContain('Margaret')
    expect(await events()).toContain('knock success')
    // The line of a request is written when its connection is done with it, which may be after the reply.
    await eventually(() => expect(logged('/visits/:visit/knocks', 'POST').at(-1)).toContain('"status":200'))
    hers.stop()
    herDay.stop()
  })

  test('an admission opens the room to the patient, who hears of it', async () => {
    const { clinician, patient, visit, doorId, appointment } = await waiting(world)
    const theirs = await watch(world, patient, `${visit}/events`)
    const asked = world.ehr.requests.length

    const answer = await admit(clinician, visit, doorId)

    expect(bodyOf<ClinicianView>(answer).door).toMatchObject([
      { doorId, state: 'admitted', name: patients.margaret.name },
    ])
    const kept = await keptVisit(visit)
    expect(kept).toMatchObject({ call: { door: [{ state: 'admitted', admittedBy: practitioners.chen.reference }] } })
    expect(world.ehr.requests.slice(asked).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /Appointment/${appointment}`,
    ])
    await theirs.until(kept?.revision ?? 0)
    expect(await placeOf(patient, visit)).toEqual({ at: 'admitted' })
    const line = (await world.audit()).findLast(({ event }) => event === 'admit')
    expect(line).toMatchObject({
      outcome: 'success',
      doorId,
      who: practitioners.chen.reference,
    })
    theirs.stop()
  })

  test('both sides get a token for the same room, which Jitsi takes: the clinician as moderator, the patient not', async () => {
    const { clinician, patient, visit } = await admitted(world)

    const hers = bodyOf<RoomToken>(await tokenFor(clinician, visit))
    const theirs = bodyOf<RoomToken>(await tokenFor(patient, visit))

    expect(hers.room).toBe(theirs.room)
    expect(hers.room).toMatch(/^[a-z2-7]{52}$/)
    const realm = { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret, now: Date.now }
    for (const [{ token }, role, name] of [
      [hers, 'moderator', practitioners.chen.name],
      [theirs, 'participant', patients.margaret.name],
    ] as const) {
      const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(jitsiSecret), {
        issuer: 'housecall',
        audience: 'jitsi',
        subject: 'meet.jitsi',
      })
      expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
      expect((payload.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(4 * 3600)
      const reading = readToken(token, realm)
      const pass = reading.ok ? reading.pass : undefined
      expect(pass).toMatchObject({ role, name, room: hers.room, lobbyBypass: role === 'moderator', nameReadonly: true })
      expect(pass && refusedRoom(pass, { room: hers.room }, realm)).toBeUndefined()
      expect(pass?.features).toMatchObject({ recording: false, livestreaming: false, transcription: false })
    }
    expect(await keptVisit(visit)).toMatchObject({ status: 'in-progress', attendance: [{}, {}] })
  })

  test('a note is saved while typing, and a second window is told the version', async () => {
    const { clinician, visit } = await inCall(world)
    const asked = world.ehr.requests.length

    const first = await save(clinician, visit, 0, { ...soap, plan: '' })
    const second = await save(clinician, visit, 1)

    expect([first.headers.etag, second.headers.etag]).toEqual(['W/"1"', 'W/"2"'])
    const shown = await clinician.get(`${visit}/note`)
    expect([shown.headers.etag, bodyOf<NoteView>(shown).soap]).toEqual(['W/"2"', soap])
    expect(await keptNote(visit)).toMatchObject({ docStatus: 'preliminary', version: 2, soap })
    expect(world.ehr.requests.length).toBe(asked)
  })

  test('the end closes the room for both, who hear of it, and the signed note goes into the chart once', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    const theirs = await watch(world, patient, `${visit}/events`)
    bodyOf(await save(clinician, visit))

    const ended = await clinician.post(`${visit}/end`)
    const signed = await sign(clinician, visit)
    const filed = await file(clinician, visit)
    const again = await file(clinician, visit)

    expect(bodyOf<ClinicianView>(ended)).toMatchObject({ status: 'finished', door: [] })
    await theirs.until((await keptVisit(visit))?.revision ?? 0)
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'finished' })
    expect([(await tokenFor(patient, visit)).code, (await tokenFor(clinician, visit)).code]).toEqual([
      'visit-finished',
      'visit-finished',
    ])
    expect(bodyOf<NoteView>(signed).sign).toMatchObject({ docStatus: 'final', signedBy: practitioners.chen.name })
    const { filing } = bodyOf<NoteView>(filed)
    expect(filing).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect(bodyOf<NoteView>(again).filing).toEqual(filing)
    expect(world.ehr.resource('Appointment', appointment)?.status).toBe('fulfilled')
    const ours = world.ehr
      .all('Encounter')
      .filter((e) => e.appointment?.[0]?.reference === `Appointment/${appointment}`)
    const notes = world.ehr
      .all('DocumentReference')
      .filter((d) => d.context?.encounter?.[0]?.reference === `Encounter/${ours[0]?.id}`)
    expect([ours.length, notes.length]).toEqual([1, 1])
    expect(await keptNote(visit)).toMatchObject({ filing: { state: 'filed' } })
    expect((await events()).slice(-7)).toContain('note-signed success')
    await eventually(() => expect(logged('/visits/:visit/note/filing', 'POST').length).toBeGreaterThanOrEqual(2))
    theirs.stop()
  })

  test('a patient who was told to wait, left and came back stands at the end of the door again', async () => {
    const { clinician, patient, visit, doorId } = await waiting(world)
    const leaving = await patient.post(`${visit}/departures`)

    await knock(patient, visit)

    expect(leaving.status).toBe(204)
    const now = await doorIdOf(clinician, visit)
    expect(now).not.toBe(doorId)
    expect((await admit(clinician, visit, doorId)).code).toBe('not-at-door')
    expect((await admit(clinician, visit, now)).status).toBe(200)
  })

  test('a note that nobody changed keeps its version, however often it is saved', async () => {
    const { clinician, visit } = await inCall(world)
    await save(clinician, visit)

    const same = await clinician.put(`${visit}/note`, soap, match(1))

    expect([same.status, same.headers.etag]).toEqual([200, 'W/"1"'])
  })
})
