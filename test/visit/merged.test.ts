// A patient whose record was merged into another one: which record counts, and the visit, the door and the sign-ins of who is known by several.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { isPatientOf, replacementOf } from '../../server/domain/ehr/merged.ts'
import { relativeTo } from '../../server/domain/ehr/reference.ts'
import { Refusal } from '../../server/domain/errors.ts'
import type { Iss, LaunchId, Ref } from '../../server/domain/ids.ts'
import { mergedInto } from '../../server/domain/visit/visit.ts'
import { VisitRow } from '../../server/house/rows.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import { merge, moveTo, recordOf, replacedBy } from '../support/merged.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  bodyOf,
  book,
  doorIdOf,
  inCall,
  knock,
  open,
  opened,
  tokenFor,
  visitIdOf,
  waiting,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'
import { bookingOf, plannedAs } from './planned.ts'

const { practitioners } = clinic
const chen = practitioners.chen.reference

describe('the rule', () => {
  const iss = 'https://ehr.example/fhir' as Iss // sound: what a test calls an EHR is one
  const read = (link: unknown) => {
    try {
      return replacementOf(link, relativeTo(iss))
    } catch (cause) {
      if (cause instanceof Refusal) return cause.code
      throw cause
    }
  }
  const link = (type: string, reference = 'Patient/new') => ({ other: { reference }, type })

  test.each<readonly [string, unknown]>([
    ['has no links', undefined],
    ['has none in its list', []],
    ['has seealso alone', [link('seealso')]],
    ['replaces another', [link('replaces')]],
    ['refers to another', [link('refer')]],
    ['has a link of no type', [{ other: { reference: 'Patient/new' } }]],
    ['has links of no shape', [null, 'Patient/new', 7]],
  ])('a record that %s counts', (_what, said) => {
    expect(read(said)).toBeUndefined()
  })

  test.each<readonly [string, unknown]>([
    ['by its id', [link('replaced-by')]],
    ['among others', [link('seealso', 'Patient/x'), link('replaced-by'), link('replaces', 'Patient/y')]],
    ['twice', [link('replaced-by'), link('replaced-by', `${iss}/Patient/new`)]],
    ['at its own address', [link('replaced-by', `${iss}/Patient/new`)]],
    ['in a version', [link('replaced-by', 'Patient/new/_history/2')]],
    ['without a list around it', link('replaced-by')],
  ])('a record that names another %s was replaced by that one', (_what, said) => {
    expect(read(said)).toBe('Patient/new')
  })

  test.each<readonly [string, unknown]>([
    ['by nothing', [{ type: 'replaced-by' }]],
    ['by something odd', [{ other: 'Patient/new', type: 'replaced-by' }]],
    ['by an identifier alone', [{ other: { identifier: { value: '7' } }, type: 'replaced-by' }]],
    ['by something of its own', [link('replaced-by', '#p')]],
    ['by two', [link('replaced-by'), link('replaced-by', 'Patient/newer')]],
    ['by one, and by nobody knows whom', [link('replaced-by'), link('replaced-by', 'urn:uuid:1')]],
    ['by a RelatedPerson', [link('replaced-by', 'RelatedPerson/new')]],
    ['by another server’s', [link('replaced-by', 'https://other.example/fhir/Patient/new')]],
  ])('a record that was replaced %s is refused', (_what, said) => {
    expect(read(said)).toBe('patient-replaced')
  })

  test('who was known as one is known as both, and rows from before say nothing of it', () => {
    const [old, now, other]: Ref<'Patient'>[] = ['Patient/old', 'Patient/new', 'Patient/other']
    if (old === undefined || now === undefined) throw new Error('named above')
    const face = { name: 'Jane Doe', clinicians: ['D'], reason: 'A cough' }
    const before = plannedAs(bookingOf({ patient: old, practitioners: [], face }))

    const after = mergedInto(before, { patient: now, replaced: [old], face: { name: 'Jane Roe' } })

    expect(after).toEqual({ ...before, patient: now, replaced: [old], face: { ...face, name: 'Jane Roe' } })
    expect([old, now, other, undefined].map((one) => isPatientOf(after, one))).toEqual([true, true, false, false])
    expect(mergedInto(after, { patient: now, replaced: [old] })).toBe(after)
    expect([before, after].map((row) => VisitRow.parse(row))).toEqual([before, after])
    expect(VisitRow.safeParse({ ...after, replaced: 'Patient/old' }).success).toBe(false)
  })
})

describe('over HTTP', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const kept = (visit: string) => world.house.visits.get(visitIdOf(visit))
  const idOf = (reference: string) => reference.split('/')[1] ?? ''
  const clinicianFor = (appointment: string, patient: string) =>
    world.signIn({ user: chen, patient: idOf(patient), appointment })
  const pair = async () => [await recordOf(world, { name: [{ text: 'Jane Roe' }] }), await recordOf(world)] as const

  test.each(['the old record', 'the one that counts', 'no record'])(
    'a visit whose Appointment names the old record is opened from %s, for the one that counts',
    async (from) => {
      const [now, old] = await pair()
      await merge(world, old, now)
      const appointment = await book(world, { patient: old })
      const launched = { 'the old record': old, 'the one that counts': now }[from]
      const clinician = await (launched === undefined
        ? world.signIn({ user: chen, appointment, contextShape: 'none' })
        : clinicianFor(appointment, launched))

      const visit = await open(clinician, appointment)

      expect(await kept(visit)).toMatchObject({ patient: now, replaced: [old] })
      expect(bodyOf<ClinicianView>(await clinician.get(visit)).patient.name).toBe('Jane Roe')
    },
  )

  test.each(['the old record', 'the one that counts'])(
    'a visit whose Appointment the EHR moved along is opened from %s too',
    async (from) => {
      const [now, old] = await pair()
      await merge(world, old, now)
      const appointment = await book(world, { patient: now })

      const visit = await open(await clinicianFor(appointment, from === 'the old record' ? old : now), appointment)

      expect(await kept(visit)).toMatchObject({ patient: now })
    },
  )

  test('a chain of four mergers is followed to its end', async () => {
    const chain = [await recordOf(world)]
    for (const _ of [1, 2, 3, 4]) chain.push(await recordOf(world, { link: replacedBy(chain.at(-1) ?? '') }))
    const appointment = await book(world, { patient: chain.at(-1) ?? '' })

    const visit = await open(await world.signIn({ user: chen, appointment, contextShape: 'none' }), appointment)

    expect((await kept(visit))?.patient).toBe(chain[0])
  })

  const unclear: Readonly<Record<string, (now: string, old: string) => Promise<unknown>>> = {
    'that two records replaced': async (now, old) => merge(world, old, now, await recordOf(world)),
    'that replaced itself': (_now, old) => merge(world, old, old),
    'that leads round in a circle': async (now, old) => {
      await merge(world, old, now)
      await merge(world, now, old)
    },
    'that another server’s replaced': (_now, old) => merge(world, old, 'https://other.example/fhir/Patient/1'),
    'that one replaced that is not there': (_now, old) => merge(world, old, 'Patient/nobody-has-this'),
    'that one replaced that is not shown': async (now, old) => {
      await merge(world, old, now)
      world.ehr.faults.on('fhir-403', { type: 'Patient', id: idOf(now) })
    },
    'that one replaced that does not come': async (now, old) => {
      await merge(world, old, now)
      world.ehr.faults.on('fhir-500', { type: 'Patient', id: idOf(now) })
    },
    'with more than four before the one that counts': async (now, old) => {
      let last = now
      for (const _ of [1, 2, 3, 4]) last = await recordOf(world, { link: replacedBy(last) })
      await merge(world, old, last)
    },
  }
  test.each(Object.entries(unclear))(
    'no visit is opened under a record %s, and it is said why',
    async (_what, make) => {
      const [now, old] = await pair()
      await make(now, old)
      const appointment = await book(world, { patient: old })
      const clinician = await clinicianFor(appointment, old)

      await refuses(world, 'patient-replaced', () => clinician.post('/api/visits', { appointment }))
    },
  )

  test('a record that is not active, sees another or replaced one is a record like any other', async () => {
    const [now, old] = await pair()
    const like = await recordOf(world, {
      active: false,
      link: [
        { other: { reference: now }, type: 'seealso' },
        { other: { reference: old }, type: 'replaces' },
      ],
    })
    const appointment = await book(world, { patient: like })

    const visit = await open(await clinicianFor(appointment, like), appointment)

    expect(await kept(visit)).toMatchObject({ patient: like })
    const another = await clinicianFor(appointment, now)
    await refuses(world, 'other-patient', () => another.post('/api/visits', { appointment }))
  })

  test('a record whose links have no shape hides nobody', async () => {
    const odd = await recordOf(world, { link: [{ other: { reference: 'Patient/x' }, type: 'seealso' }] })
    const appointment = await book(world, { patient: odd })

    expect(await open(await clinicianFor(appointment, odd), appointment)).toMatch(/visits/)
  })

  test('who is merged while they wait keeps their place, and is let in, wherever the Appointment is by then', async () => {
    for (const moves of [true, false]) {
      const [now, old] = await pair()
      const both = await waiting(world, { patient: old })
      await merge(world, old, now)
      if (moves) await moveTo(world, both.appointment, now)

      bodyOf(await admit(both.clinician, both.visit, both.doorId))
      bodyOf(await tokenFor(both.clinician, both.visit))

      bodyOf(await tokenFor(both.patient, both.visit))
    }
  })

  test('a visit is known by the new record once it is read again in the background, and nobody loses it', async () => {
    const [now, old] = await pair()
    const both = await waiting(world, { patient: old })
    await merge(world, old, now)
    await moveTo(world, both.appointment, now)
    world.later(6)

    await both.clinician.get(both.visit)

    await eventually(async () => expect(await kept(both.visit)).toMatchObject({ patient: now, replaced: [old] }))
    const view = bodyOf<ClinicianView>(await both.clinician.get(both.visit))
    expect([view.patientGone, view.door.length, view.patient.name, view.merged]).toEqual([
      undefined,
      1,
      'Jane Roe',
      true,
    ])
    const changes = (await world.audit()).filter(
      (a) => a.event === 'appointment-changed' && a.visit === visitIdOf(both.visit),
    )
    expect(changes.map(({ code }) => code)).toEqual(['patient-merged', 'reworded'])
  })

  test('an Appointment that is really given to somebody else still is theirs', async () => {
    const [now, old] = await pair()
    const both = await waiting(world, { patient: old })
    await moveTo(world, both.appointment, now)

    expect((await admit(both.clinician, both.visit, both.doorId)).code).toBe('other-patient')
  })

  test('the patient comes in by the record that their own sign-in has, before the clinician and after', async () => {
    const [now, old] = await pair()
    await merge(world, old, now)
    const appointment = await book(world, { patient: old })
    const patient = await world.signIn({ user: old as `Patient/${string}`, patient: idOf(old), appointment })

    const visit = await open(patient, appointment)

    expect(await kept(visit)).toMatchObject({ patient: now, replaced: [old], face: { name: 'Jane Doe' } })
    bodyOf(await knock(patient, visit))
    const clinician = await clinicianFor(appointment, now)
    expect(await open(clinician, appointment)).toBe(visit)
    expect((await kept(visit))?.face.name).toBe('Jane Roe')
    expect(await open(patient, appointment)).toBe(visit)
    expect((await kept(visit))?.face.name).toBe('Jane Roe')
    bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
  })

  test('a patient whom the EHR shows no links comes in as a clinician’s reading has it; where it is taken back, she is told', async () => {
    const [now, old] = await pair()
    await merge(world, old, now)
    const appointment = await book(world, { patient: old })
    const clinician = await clinicianFor(appointment, now)
    const visit = await open(clinician, appointment)
    await world.ehr.put({ resourceType: 'Patient', id: idOf(old), name: [{ text: 'Jane Doe' }] })

    const patient = await world.signIn({ user: old as `Patient/${string}`, patient: idOf(old), appointment })
    expect(await open(patient, appointment)).toBe(visit)

    expect(await kept(visit)).toMatchObject({ patient: now, face: { name: 'Jane Roe' } })
    const again = await world.signIn({ user: chen, appointment, contextShape: 'none' })
    await refuses(world, 'appointment-changed', () => again.post('/api/visits', { appointment }))
  })

  test('a guardian of the old record comes to the visit too, and stays when their own record is moved along', async () => {
    const [now, old] = await pair()
    const guardian = { resourceType: 'RelatedPerson', id: `r-${idOf(old)}`, active: true } as const
    await world.ehr.put({ ...guardian, patient: { reference: old } })
    const user = `RelatedPerson/${guardian.id}` as const
    const both = await opened(world, { patient: old, patientUser: user })
    bodyOf(await knock(both.patient, both.visit))
    await merge(world, old, now)
    await open(both.clinician, both.appointment)
    expect(await kept(both.visit)).toMatchObject({ patient: now })

    await world.ehr.put({ ...guardian, patient: { reference: now } })
    world.later(6)
    await both.patient.get(both.visit)

    const launch = both.patient.home.split('/').at(-1) as LaunchId // sound: a home ends with it
    await eventually(async () => expect((await world.house.launches.get(launch))?.actingReadAt).toBeDefined())
    expect((await both.patient.get(both.visit)).status).toBe(200)
    expect(bodyOf<ClinicianView>(await both.clinician.get(both.visit)).door).toHaveLength(1)
  })

  test('a visit under way is come back to, though nobody can say any more which record counts', async () => {
    const [, old] = await pair()
    const both = await inCall(world, { patient: old })
    await merge(world, old, 'Patient/nobody-has-this')

    expect(await open(both.clinician, both.appointment)).toBe(both.visit)
  })
})
