// What a clinician writes to somebody who waits: shown on their page alone, known to be there only by that page's word, kept and gone with the visit.
// And the telephone that is asked for instead.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DoorId, VisitId } from '../../server/domain/ids.ts'
import { messaged, messagesShown, messagesTo, mostMessages } from '../../server/domain/visit/messages.ts'
import { wordsLength } from '../../server/domain/visit/turned-away.ts'
import type { Open } from '../../server/domain/visit/visit-shape.ts'
import type { ClinicianView, WhoWaits } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, knock, placeOf, rowIn, visitIdOf, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const doorOf = async (clinician: Person, visit: string) => bodyOf<ClinicianView>(await clinician.get(visit)).door[0]
const keptOf = async (visit: string) => (await world.house.visits.get(visitIdOf(visit) as VisitId)) as Open // sound: it was just opened
const papers = { reason: 'papers' } as const

test('what is written to somebody who waits is on their page at once, with the time, and counts as shown only by that page’s word', async () => {
  const { clinician, patient, visit, doorId } = await waiting(world)
  const { revision } = await keptOf(visit)
  const heard = await watch(world, patient, `${visit}/events`)
  const words = '<img src=x onerror=alert(1)> bring your daughter & her list'

  bodyOf(await clinician.post(`${visit}/messages`, { doorId, says: papers }))
  const sent = bodyOf<ClinicianView>(await clinician.post(`${visit}/messages`, { doorId, says: { words } }))

  await heard.until(revision + 2)
  heard.stop()
  const at = expect.any(String)
  expect(await placeOf(patient, visit)).toMatchObject({
    at: 'door',
    messages: [
      { n: 1, at, says: papers },
      { n: 2, at, says: { words } },
    ],
  })
  // That it was sent, and even that it was fetched, is not that it is shown.
  const unshown = [
    { at, says: papers },
    { at, says: { words } },
  ]
  expect(sent.door[0]?.messages).toEqual(unshown)
  expect((await doorOf(clinician, visit))?.messages).toEqual(unshown)

  expect((await patient.post(`${visit}/messages/shown`, { upTo: 1 })).status).toBe(204)
  expect((await doorOf(clinician, visit))?.messages).toEqual([{ ...unshown[0], shownAt: at }, unshown[1]])
  bodyOf(await patient.post(`${visit}/messages/shown`, { upTo: 2 }))
  expect((await doorOf(clinician, visit))?.messages?.[1]).toHaveProperty('shownAt')
  const lines = (await world.audit()).filter(({ event }) => event === 'message-sent')
  expect(lines).toMatchObject([
    { doorId, code: 'papers' },
    { doorId, code: 'own-words' },
  ])
  expect(JSON.stringify(lines) + world.log()).not.toContain('daughter')
})

test('a message is kept through a restart, is gone from the page once they were in the call, and stays with the visit until that goes', async () => {
  const { clinician, patient, visit, doorId } = await waiting(world)
  bodyOf(await clinician.post(`${visit}/messages`, { doorId, says: { words: 'Your list, please.' } }))

  await world.restart()
  expect(await placeOf(patient, visit)).toMatchObject({ messages: [{ says: { words: 'Your list, please.' } }] })
  bodyOf(await clinician.post(`${visit}/admissions`, { doorId }))
  world.later(1)
  bodyOf(await clinician.post(`${visit}/returns`, { doorId }))

  expect(await placeOf(patient, visit)).not.toHaveProperty('messages')
  expect((await doorOf(clinician, visit))?.messages).toBeUndefined()
  bodyOf(await clinician.post(`${visit}/room-tokens`))
  bodyOf(await clinician.post(`${visit}/end`))
  expect((await keptOf(visit)).messages).toHaveLength(1)
})

test('nobody writes to who has left, is in the call, or has lost the place, and nobody but a clinician of the visit writes', async () => {
  const { clinician, patient, visit, doorId } = await waiting(world)
  const write = (says: object = papers) => clinician.post(`${visit}/messages`, { doorId, says })

  await refuses(world, 'clinician-only', () => patient.post(`${visit}/messages`, { doorId, says: papers }))
  await refuses(world, 'patient-only', () => clinician.post(`${visit}/messages/shown`, { upTo: 1 }))
  world.later(11)
  await refuses(world, 'not-at-door', write)
  bodyOf(await patient.get(visit))
  bodyOf(await write())
  bodyOf(await clinician.post(`${visit}/admissions`, { doorId }))
  await refuses(world, 'not-at-door', write)
  bodyOf(await clinician.post(`${visit}/returns`, { doorId }))
  bodyOf(await patient.post(`${visit}/departures`))
  await refuses(world, 'not-at-door', write)
})

test.each([
  ['too long', { words: 'x'.repeat(wordsLength + 1) }],
  ['of several lines', { words: 'one\ntwo' }],
  ['empty', { words: '  ' }],
  ['with a sign that turns the sentence round', { words: 'a \u202eb' }],
  ['with a sign that ends what keeps it apart', { words: 'a \u2069 b' }],
  ['that is none of the ready ones', { reason: 'your-result-is-bad' }],
  ['that is two at once', { ...papers, words: 'x' }],
])('a message %s is refused, and nothing is kept of it', async (_which, says) => {
  const { clinician, visit, doorId } = await waiting(world)

  await refuses(world, 'bad-request', () => clinician.post(`${visit}/messages`, { doorId, says }))
})

test('who waits and asks for the telephone instead leaves the door, is to be rung on every screen, and comes back by knocking', async () => {
  const { clinician, patient, visit, appointment } = await waiting(world)
  bodyOf(await patient.post(`${visit}/devices`, { camera: 'busy' }))
  const row = () => rowIn(clinician, appointment)

  bodyOf(await patient.post(`${visit}/devices`, { byTelephone: true }))

  const byTelephone = expect.any(String)
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'outside', byTelephone })
  const view = bodyOf<ClinicianView>(await clinician.get(visit))
  expect(view).toMatchObject({ byTelephone: true, door: [] })
  // What was found of their camera before is known still.
  expect(view.stuck).toMatchObject([{ hindrance: { byTelephone: true, camera: 'busy' } }])
  expect((await row())?.visit).toMatchObject({ byTelephoneSince: byTelephone, waiting: 0 })
  const { asking = [] } = bodyOf<WhoWaits>(await clinician.get('/api/who-waits'))
  expect(asking).toContainEqual(
    expect.objectContaining({ as: 'by-telephone', named: expect.objectContaining({ appointment }) }),
  )
  expect((await world.audit()).filter(({ event }) => event === 'telephone-asked')).toHaveLength(1)

  bodyOf(await knock(patient, visit))
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
})

test('of very many messages the newest are kept, and their numbers go on', async () => {
  const { visit, doorId } = await waiting(world)
  const [kept, at] = [await keptOf(visit), world.house.now()]
  const who = kept.call.door[0]?.who ?? kept.patient

  let after: Open = kept
  for (let n = 0; n < mostMessages + 3; n++) after = messaged(after, doorId as DoorId, papers, who, at) // sound: as it came

  expect(after.messages).toHaveLength(mostMessages)
  expect(after.messages?.at(-1)?.n).toBe(mostMessages + 3)
  expect(messagesTo(after, who).map(({ n }) => n)).toEqual([49, 50, 51, 52, 53])
  // Another person's page says nothing of them, and what is known already is not written again.
  expect(messagesShown(after, 'Patient/another', 99, at)).toBe(after)
  const shown = messagesShown(after, who, 99, at)
  expect(shown.messages?.every(({ shownAt }) => shownAt === at)).toBe(true)
  expect(messagesShown(shown, who, 99, at)).toBe(shown)
})
