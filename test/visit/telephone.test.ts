// The number under which a clinician reaches whoever came: theirs today, read from an odd record as from a plain one, and shown to clinicians alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { telephoneOf } from '../../server/domain/ehr/telephone.ts'
import type { Instant } from '../../server/domain/ids.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { bodyOf, knock, open, opened, waiting } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, relatedPersons } = clinic
const today = { now: '2026-11-30T12:00:00.000Z' as Instant, timeZone: 'America/New_York' } // sound: it is one
const phone = (value: unknown, more: object = {}) => ({ system: 'phone', value, ...more })

describe('the number of a record', () => {
  test.each([
    [
      'of several, the mobile before the one at home',
      [phone('1 718', { use: 'home' }), phone('2 718', { use: 'mobile' })],
      '2 718',
    ],
    [
      'by its rank before its use',
      [phone('11', { use: 'mobile', rank: 2 }), phone('22', { use: 'work', rank: 1 })],
      '22',
    ],
    ['without a use before one at work', [phone('11', { use: 'work' }), phone('22')], '22'],
    ['as it is written', [phone(' +1 (718) 555-0131 ext. 12 ')], '+1 (718) 555-0131 ext. 12'],
    ['written as an address', [phone('tel:+1-718-555-0131')], '+1-718-555-0131'],
    ['that is over gives way', [phone('11', { period: { end: '2020' } }), phone('22', { use: 'work' })], '22'],
    ['that is old gives way', [phone('11', { use: 'old' }), phone('22', { use: 'work' })], '22'],
    [
      'beside odd ones',
      [null, 7, 'x', {}, [], phone(null), phone(['1']), phone({}), phone('33', { rank: 'one', use: 7 })],
      '33',
    ],
    [
      'beside mail and fax',
      [
        { system: 'email', value: '12345' },
        { system: 'fax', value: '12345' },
      ],
      undefined,
    ],
    ['that says none', [phone('none'), phone('n/a'), phone(''), phone('-'), phone('1')], undefined],
    [
      'that is a link or a script',
      [phone('javascript:alert(1)'), phone('1;ext=<b>2'), phone(`1${'2'.repeat(60)}`)],
      undefined,
    ],
    ['of which there are none', [], undefined],
  ])('%s', (_what, telecom, number) => {
    expect(telephoneOf(telecom, today)).toBe(number)
  })

  test.each([undefined, null, 'x', 7, {}, { 0: phone('11') }])(
    '%o is no list of numbers, and hides no record',
    (telecom) => {
      expect(telephoneOf(telecom, today)).toBeUndefined()
    },
  )
})

describe('over HTTP', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())
  const number = /718-555-0131/

  test('the clinician sees the patient’s; the patient’s own page and every list do without', async () => {
    const both = await waiting(world)
    const theirs = bodyOf<ClinicianView>(await both.clinician.get(both.visit))

    expect(theirs.phone).toMatch(number)
    for (const path of [both.visit, '/api/appointments', '/api/me'])
      expect((await both.patient.get(path)).text).not.toMatch(number)
    expect(world.log()).not.toMatch(number)
    expect(JSON.stringify(await world.audit())).not.toMatch(number)
  })

  test('of whoever comes for a patient, it is their own, also while they are still at the check', async () => {
    const record = world.ehr.resource('RelatedPerson', relatedPersons.layla.id)
    if (record === undefined) throw new Error('she is in the chart')
    world.ehr.put({ ...record, telecom: [{ system: 'phone', value: '+1 347-555-0199', use: 'mobile' }] })
    const both = await opened(world, { patient: patients.noor.reference, patientUser: relatedPersons.layla.reference })

    bodyOf(await both.patient.post(`${both.visit}/devices`, { byTelephone: true }))
    const { stuck, phone: ofPatient } = bodyOf<ClinicianView>(await both.clinician.get(both.visit))
    bodyOf(await knock(both.patient, both.visit))
    const { door } = bodyOf<ClinicianView>(await both.clinician.get(both.visit))

    expect(stuck?.map((one) => one.phone)).toEqual(['+1 347-555-0199'])
    expect(door.map((one) => one.phone)).toEqual(['+1 347-555-0199'])
    expect(ofPatient).not.toBe('+1 347-555-0199')
  })

  test('a record whose telecom is odd opens as any other, without a number', async () => {
    const record = world.ehr.resource('Patient', patients.zoe.id)
    if (record === undefined) throw new Error('she is in the chart')
    world.ehr.put({ ...record, telecom: { system: 'phone' } as never }) // as some servers write it
    const both = await opened(world, { patient: patients.zoe.reference })
    await open(both.patient, both.appointment)

    const view = bodyOf<ClinicianView>(await both.clinician.get(both.visit))

    expect([view.patient.name, view.phone]).toEqual([patients.zoe.name, undefined])
  })
})
