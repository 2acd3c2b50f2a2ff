// The note while it is written: no older text wins, nothing is signed unseen, nothing signed is changed, nobody else files it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import {
  bodyOf,
  book,
  file,
  inCall,
  match,
  open,
  opened,
  patientWasThere,
  save,
  sign,
  signed,
  soap,
  tokenFor,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners } = clinic

describe('a note', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('that nobody has written yet is there as version 0, empty', async () => {
    const { clinician, visit } = await opened(world)

    const answer = await clinician.get(`${visit}/note`)

    expect([answer.headers.etag, answer.body]).toMatchObject(['W/"0"', { version: 0, filing: { state: 'unfiled' } }])
  })

  test('is not saved or signed by who does not say which version they saw', async () => {
    const { clinician, visit } = await inCall(world)

    await refuses(world, 'if-match-required', () => clinician.put(`${visit}/note`, soap))
    await refuses(world, 'if-match-required', () => clinician.post(`${visit}/note/signature`))
  })

  test('of a second window with an older text is refused, and told which version is kept', async () => {
    const { clinician, visit } = await inCall(world)
    bodyOf(await save(clinician, visit, 0))
    bodyOf(await save(clinician, visit, 1, { ...soap, plan: 'Another plan.' }))

    for (const version of [0, 1, 3]) {
      const answer = await refuses(world, 'note-changed', () => save(clinician, visit, version))
      expect(answer.body).toMatchObject({ extension: [{ valueInteger: 2 }] })
      await refuses(world, 'note-changed', () => sign(clinician, visit, version))
    }
  })

  test('saved by two windows at the same moment keeps one text whole, and tells the other', async () => {
    const { clinician, visit } = await inCall(world)
    const texts = ['first', 'second'].map((plan) => ({ ...soap, plan }))

    const answers = await Promise.all(texts.map((text) => save(clinician, visit, 0, text)))

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
    const winner = texts[answers.findIndex(({ status }) => status === 200)]
    expect(bodyOf<NoteView>(await clinician.get(`${visit}/note`)).soap).toEqual(winner)
  })

  test('of a page that closed with a save on its way keeps its last words, and never those over another window’s', async () => {
    const { clinician, visit } = await inCall(world)
    const [first, second, other] = ['A.', 'A, and more.', 'Allergic: stop.'].map((plan) => ({ ...soap, plan }))
    bodyOf(await save(clinician, visit, 0))
    bodyOf(await save(clinician, visit, 1, first))
    const kept = bodyOf<NoteView>(await clinician.put(`${visit}/note`, { ...second, follows: first }, match(1)))
    bodyOf(await save(clinician, visit, 3, other))

    await refuses(world, 'note-changed', () =>
      clinician.put(`${visit}/note`, { ...soap, plan: 'A, and much more.', follows: second }, match(3)),
    )
    await refuses(world, 'bad-request', () =>
      clinician.put(`${visit}/note`, { ...second, follows: { plan: 'A.' } }, match(4)),
    )

    expect(kept).toMatchObject({ version: 3, soap: second })
    const now = bodyOf<NoteView>(await clinician.get(`${visit}/note`))
    expect(now.soap).toEqual(other)
    expect(now).not.toHaveProperty('follows')
  })

  test('that is empty cannot be signed, one of blanks neither', async () => {
    const unwritten = await inCall(world)
    const blank = await inCall(world)
    const blanks = { subjective: ' ', objective: '\n', assessment: '\t', plan: '' }
    bodyOf(await save(blank.clinician, blank.visit, 0, blanks))

    await refuses(world, 'note-empty', () => sign(unwritten.clinician, unwritten.visit, 0))
    await refuses(world, 'note-empty', () => sign(blank.clinician, blank.visit, 1))
  })

  test('that is signed is no longer changed, and signing it twice signs it once', async () => {
    const { clinician, visit } = await signed(world)
    const before = await clinician.get(`${visit}/note`)

    await refuses(world, 'note-signed', () => save(clinician, visit, 1, { ...soap, plan: 'Other.' }))
    const again = await sign(clinician, visit, 1)

    expect(again.body).toEqual(before.body)
  })

  test('that is signed is not signed again by a colleague', async () => {
    const { visit, colleague } = await withColleague()

    await refuses(world, 'note-signed', () => sign(colleague, visit, 1))
  })

  test('that is not signed is not filed, one that was never written neither', async () => {
    const unwritten = await inCall(world)
    bodyOf(await unwritten.clinician.post(`${unwritten.visit}/end`))
    const draft = await inCall(world)
    bodyOf(await save(draft.clinician, draft.visit))
    bodyOf(await draft.clinician.post(`${draft.visit}/end`))

    for (const { clinician, visit } of [unwritten, draft])
      await refuses(world, 'note-not-signed', () => file(clinician, visit))
  })

  test('is filed by who signed it, and by nobody else', async () => {
    const { visit, colleague } = await withColleague()

    await refuses(world, 'signer-only', () => file(colleague, visit))
  })

  test('of a visit that goes on is not filed', async () => {
    const { clinician, visit } = await inCall(world)
    bodyOf(await save(clinician, visit))
    bodyOf(await sign(clinician, visit))

    await refuses(world, 'visit-not-finished', () => file(clinician, visit))
  })

  test('cannot end a visit that never began', async () => {
    const { clinician, visit } = await opened(world)

    await refuses(world, 'visit-not-started', () => clinician.post(`${visit}/end`))
  })

  test('is written on after the visit has ended, until it is signed', async () => {
    const { clinician, visit } = await inCall(world)
    bodyOf(await clinician.post(`${visit}/end`))

    expect((await save(clinician, visit)).status).toBe(200)
    expect((await clinician.post(`${visit}/end`)).status).toBe(200)
  })

  test('survives a restart as it was acknowledged', async () => {
    const own = await openWorld()
    const { clinician, visit } = await inCall(own)
    bodyOf(await save(clinician, visit))

    await own.restart()

    const kept = await clinician.get(`${visit}/note`)
    expect([kept.headers.etag, bodyOf<NoteView>(kept).soap]).toEqual(['W/"1"', soap])
    expect((await clinician.put(`${visit}/note`, { ...soap, plan: 'More.' }, match(1))).status).toBe(200)
    await own.close()
  })

  /** Two clinicians of one visit, of whom the first has signed. */
  async function withColleague() {
    const appointment = await book(world)
    const kept = world.ehr.resource('Appointment', appointment)
    const okafor = { actor: { reference: practitioners.okafor.reference }, status: 'accepted' as const }
    if (kept) await world.ehr.put({ ...kept, participant: [...kept.participant, okafor] })
    const clinician = await world.signIn({ user: practitioners.chen.reference, appointment })
    const colleague = await world.signIn({ user: practitioners.okafor.reference, appointment })
    const visit = await open(clinician, appointment)
    await open(colleague, appointment)
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await save(clinician, visit))
    await patientWasThere(world, visit)
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await sign(clinician, visit))
    return { visit, clinician, colleague }
  }
})
