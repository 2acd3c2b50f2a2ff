// How kept rows are read: as they are written now, and as they were written before.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { VisitId } from '../../server/domain/ids.ts'
import { recordingReported } from '../../server/domain/visit/recording.ts'
import { finished, requireOpen } from '../../server/domain/visit/visit.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import { VisitRow } from '../../server/house/rows.ts'
import { openStore } from '../../server/outside/store/lowdb.ts'

const at = '2026-03-02T15:02:00.000Z' as Visit['start'] // sound: an instant
const id = 'v1' as VisitId // sound: no more than a name
const window = { before: 30, after: 120 }
const booking = {
  ...{ id, revision: 4, expiresAt: '2027-03-02T15:15:00.000Z', organisation: 'riverside', opening: 1 },
  ...{ iss: 'https://ehr.example/fhir', appointment: 'a1', patient: 'Patient/margaret' },
  ...{ practitioners: ['Practitioner/chen'], face: { name: 'Margaret', clinicians: ['Dr. Chen'] } },
  ...{ start: '2026-03-02T15:00:00.000Z', end: '2026-03-02T15:15:00.000Z' },
  attendance: [{ who: 'Practitioner/chen', from: at }],
}
const margaret = {
  ...{ doorId: 'g', who: 'Patient/margaret', as: 'patient', name: 'Margaret', knockedAt: at },
  ...{
    devices: { camera: true, microphone: true },
    state: 'admitted',
    admittedAt: at,
    admittedBy: 'Practitioner/chen',
  },
}
const recording = { askedBy: 'Practitioner/chen', askedAt: at, answers: [] }
const inRoom = { room: 'abc', door: [margaret], jitsi: 'https://meet.example', locked: true, recording }
const recordedBy = ['Practitioner/chen'] as const
const underWay = { status: 'in-progress', startedAt: at }

describe('a visit of before anybody wrote down when its Appointment was read', () => {
  const older = { ...booking, status: 'planned', call: { room: 'abc', door: [] } }

  test('is read as it is, and what is written down since then too', () => {
    const since = { ...older, appointmentReadAt: at, patientGone: true }

    expect([older, since].map((row) => VisitRow.parse(row))).toEqual([older, since])
  })
})

describe('a visit of before its call had a place of its own', () => {
  const flat = { ...booking, ...inRoom, ...underWay }

  test.each([
    ['that is recorded', { ...flat, recordedSince: at, recordedBy }, { recorded: { since: at, by: recordedBy } }],
    [
      'that is recorded, nobody knows by whose word',
      { ...flat, recordedSince: at },
      { recorded: { since: at, by: [] } },
    ],
    ['that is not recorded', flat, {}],
  ])('%s is read with all that it had', (_which, row, more) => {
    expect(VisitRow.parse(row)).toEqual({ ...booking, ...underWay, call: { ...inRoom, ...more } })
  })

  test('that nobody has come to is read with its room and an empty door', () => {
    const row = { ...booking, status: 'planned', room: 'abc', door: [] }

    expect(VisitRow.parse(row)).toEqual({ ...booking, status: 'planned', call: { room: 'abc', door: [] } })
  })

  test('is read, also when it is over, with the names that were shown in its room', () => {
    const rows = [{ ...flat }, { ...booking, ...underWay, status: 'finished', finishedAt: at }]
    const called = [{ ...booking.attendance[0], called: 'Amy C.' }]

    const read = rows.map((row) => VisitRow.parse({ ...row, attendance: called }).attendance)

    const shown = [{ ...booking.attendance[0], displayName: 'Amy C.' }]
    expect(read).toEqual([shown, shown])
  })

  test('is read with those at its door, who were named guests then', () => {
    const { doorId: guest, ...rest } = margaret
    const rows = [
      { ...flat, door: [{ ...rest, guest }] },
      { ...booking, ...underWay, call: { ...inRoom, door: [{ ...rest, guest }] } },
    ]

    expect(rows.map((row) => VisitRow.parse(row))).toEqual([
      { ...booking, ...underWay, call: inRoom },
      { ...booking, ...underWay, call: inRoom },
    ])
  })

  test.each([
    ['Spanish', { language: 'Spanish' }],
    ['an unknown language', {}],
  ])('is read with the interpreter it said was needed for %s', (interpreter, read) => {
    const row = { ...flat, face: { ...booking.face, interpreter } }

    expect(VisitRow.parse(row).face.interpreter).toEqual(read)
  })

  test.each(['planned', 'arrived', 'in-progress'])('that is %s is refused without a door', (status) => {
    const row = { ...booking, status, arrivedAt: at, startedAt: at, room: 'abc' }

    expect(VisitRow.safeParse(row).success).toBe(false)
  })

  test('is read without a base URL in its name, and one that has one keeps it', () => {
    const row = { ...booking, ...underWay, call: inRoom }
    const apart = { ...row, base: booking.iss }

    expect([VisitRow.parse(flat), VisitRow.parse(apart)]).toEqual([row, apart])
  })

  test('that is over has no call', () => {
    const row = { ...booking, ...underWay, status: 'finished', finishedAt: at }

    expect(VisitRow.parse(row)).toEqual(row)
  })

  describe('on the disc', () => {
    let directory: string
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'housecall-rows-'))
    })
    afterAll(() => rm(directory, { recursive: true, force: true }))
    const opened = () => openStore({ directory, ring: [{ kid: 'k1', key: new Uint8Array(32).fill(7) }] })

    test('goes on where it was, and is kept in the new shape from its next change on', async () => {
      const before = await opened()
      const old = z.looseObject({ id: z.string(), revision: z.int(), expiresAt: z.string() })
      await before.shelf({ name: 'visits', schema: old, indexes: {} }).add({ ...flat, recordedSince: at, recordedBy })
      await before.close()

      const reopened = await opened()
      const visits = reopened.shelf({ name: 'visits', schema: VisitRow, indexes: {} })
      const told = { by: recordedBy[0], running: false }
      const { after: changed } = await visits.change(id, (v) =>
        recordingReported(requireOpen(v), told, () => false, at),
      )
      const { after: ended } = await visits.change(id, (v) => finished(v, window, at))
      const forgetful = visits.change(id, (v) => ({ ...v, room: 'abc' }))
      await expect(forgetful).rejects.toMatchObject({ code: 'row-refused' })
      await reopened.close()

      expect(changed).toEqual({ ...booking, ...underWay, revision: 5, call: inRoom })
      // Nobody of the patient's side was in that call: what happened is asked.
      const outcome = { is: 'unsaid' }
      expect(ended).toEqual({ ...booking, ...underWay, revision: 6, status: 'finished', finishedAt: at, outcome })
    })
  })
})
