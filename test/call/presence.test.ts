// Who is really in the call: by what each person's own page says, never by what a room still shows.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { CallView, ClinicianView, Pulse, RoomToken } from '../../server/wire/wire.ts'
import type { Answer, Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admit, bodyOf, doorIdOf, knock, tokenFor, waiting, withTokens } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
type Said = Partial<Pulse>

describe('in the call', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const tell = (person: Person, visit: string, { at = 'in', sees = [], ...seat }: Said = {}): Promise<Answer> =>
    person.post(`${visit}/presence`, { at, sees, ...seat })
  const told = async (person: Person, visit: string, said?: Said) => bodyOf<CallView>(await tell(person, visit, said))

  test('each hears of the other, since when, and whether the other sees them', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    await told(clinician, visit, { sees: [patients.margaret.name] })

    const hers = await told(patient, visit)
    const his = await told(clinician, visit)

    expect(hers.others).toMatchObject([{ name: practitioners.chen.name, at: 'in', seesYou: true }])
    expect(his.others).toMatchObject([{ name: patients.margaret.name, at: 'in', seesYou: false }])
    expect(hers.newest && his.newest).toBe(true)
  })

  test('a person is known by the id in their own token, at the door and in the call, whatever they are called', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    const [his, hers] = await Promise.all(
      [clinician, patient].map(async (who) => bodyOf<RoomToken>(await tokenFor(who, visit))),
    )
    await told(clinician, visit, { sees: [hers?.idInRoom ?? ''] })

    const heard = await told(patient, visit)
    const { door } = bodyOf<ClinicianView>(await clinician.get(visit))

    expect(heard.others).toMatchObject([{ idInRoom: his?.idInRoom, seesYou: true }])
    expect(door).toMatchObject([{ idInRoom: hers?.idInRoom, called: patients.margaret.name }])
    const users = [his, hers].map(
      (one) => decodeJwt<{ context: { user: { id: string } } }>(one?.token ?? '').context.user,
    )
    expect(users).toMatchObject([{ id: his?.idInRoom }, { id: hers?.idInRoom }])
    expect(his?.idInRoom).not.toBe(hers?.idInRoom)
  })

  test('that neither picture nor sound comes through to a page is heard by the other side, for as long as it says so and is in the call', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    const { seat } = await told(patient, visit, { mediaBlocked: true })
    const heard = async () => (await told(clinician, visit)).others

    const held = await heard()
    await told(patient, visit, { seat, at: 'door', mediaBlocked: true })
    const atDoor = await heard()
    await told(patient, visit, { seat, mediaBlocked: true })
    world.later(1)
    const silent = await heard()
    await told(patient, visit, { seat })
    const through = await heard()

    expect(held).toMatchObject([{ at: 'in', mediaBlocked: true }])
    expect([atDoor, silent, through].flat().map(({ at, ...rest }) => [at, 'mediaBlocked' in rest])).toEqual([
      ['door', false],
      ['gone', false],
      ['in', false],
    ])
  })

  test('a patient whose page says nothing for three quarters of a minute is gone since it was heard last', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    const { now } = await told(patient, visit)

    world.later(0.7)
    const before = await told(clinician, visit)
    world.later(0.1)
    const after = await told(clinician, visit)

    expect(before.others).toMatchObject([{ at: 'in' }])
    expect(after.others).toMatchObject([{ at: 'gone', since: now }])
  })

  test('a patient who says goodbye is gone at once, and back when they come back', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    const { seat } = await told(patient, visit)

    await told(patient, visit, { seat, at: 'out' })
    const away = await told(clinician, visit)
    await told(patient, visit, { at: 'door' })
    const back = await told(clinician, visit)

    expect(away.others).toMatchObject([{ at: 'gone' }])
    expect(back.others).toMatchObject([{ at: 'door' }])
  })

  test('the door says of who was let in whether they are in the call, and since when they are gone', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    const atDoor = async () => bodyOf<ClinicianView>(await clinician.get(visit)).door[0]?.call

    const before = await atDoor()
    const { seat, now } = await told(patient, visit)
    const inside = await atDoor()
    await told(patient, visit, { seat, at: 'out' })
    const gone = await atDoor()
    bodyOf(await clinician.post(`${visit}/returns`, { doorId: await doorIdOf(clinician, visit) }))

    expect([before, inside, gone?.at]).toEqual([undefined, { at: 'in', since: now }, 'gone'])
    expect(await atDoor()).toBeUndefined()
  })

  test('of two pages of one person the newer one counts, and the older one hears so', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    const phone = await told(patient, visit)
    const laptop = await told(patient, visit, { at: 'door' })

    const late = await told(patient, visit, { seat: phone.seat, at: 'out' })
    const again = await told(patient, visit, { seat: laptop.seat })

    expect([phone.newest, laptop.newest, late.newest, again.newest]).toEqual([true, true, false, true])
    expect((await told(clinician, visit)).others).toMatchObject([{ at: 'in' }])
  })

  test('after a restart the newest page is still the newest', async () => {
    const own = await openWorld()
    const { patient, visit } = await withTokens(own)
    const phone = await told(patient, visit)
    const laptop = await told(patient, visit)

    await own.restart()
    const one = await told(patient, visit, { seat: laptop.seat })
    const other = await told(patient, visit, { seat: phone.seat })

    expect([one.newest, other.newest]).toEqual([true, false])
    await own.close()
  })

  test('who was sent away is not shown, and may not ask who is there', async () => {
    const { clinician, patient, visit, doorId } = await withTokens(world)
    await told(patient, visit)
    bodyOf(await clinician.post(`${visit}/refusals`, { doorId }))

    expect((await told(clinician, visit)).others).toEqual([])
    await refuses(world, 'admission-declined', () => tell(patient, visit))
  })

  test('nobody hears who is there before they are let in, nor after the end', async () => {
    const { clinician, patient, visit } = await waiting(world)
    await refuses(world, 'not-admitted', () => tell(patient, visit))
    bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await clinician.post(`${visit}/end`))

    await refuses(world, 'visit-finished', () => tell(patient, visit))
    await refuses(world, 'visit-finished', () => tell(clinician, visit))
  })

  test('what a page tells changes nothing that is kept but that its person was in the call, once, and no name in it is logged', async () => {
    const { clinician, patient, visit } = await withTokens(world)
    await told(patient, visit)
    const before = (await patient.get(visit)).headers.etag

    await told(patient, visit, { sees: ['Somebody Else Altogether'] })

    expect((await patient.get(visit)).headers.etag).toBe(before)
    expect((await told(clinician, visit)).others).toHaveLength(1)
    expect(world.log()).not.toContain('Somebody Else')
    expect((await knock(patient, visit)).status).toBe(200)
  })

  test.each([
    { at: 'nowhere', sees: [] },
    { at: 'in', sees: [], seat: -1 },
    { at: 'in', sees: ['x'.repeat(301)] },
    { at: 'in', sees: [], name: 'Dr. Wei Chen' },
  ])('a presence message of the wrong shape is refused: %o', async (body) => {
    const { patient, visit } = await withTokens(world)

    await refuses(world, 'bad-request', () => patient.post(`${visit}/presence`, body))
  })
})
