// When nobody knows whether the note arrived: it is looked for by its mark and by its text, and a person decides what cannot be found out.
// However slow, forgetful or interrupted anyone is, the chart has one note, or two only where a person asked for the second.

import type { DocumentReference, Resource } from '@medplum/fhirtypes'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { attempt, chart, shown, writes } from '../support/chart.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import type { Answer } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { file, filingOf, signed } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients } = clinic

/** What this hospital's record system makes of a note it is given. */
const whole = (note: DocumentReference): DocumentReference => note
let made = whole

let world: World
beforeAll(async () => {
  const receive = (resource: Resource) => (resource.resourceType === 'DocumentReference' ? made(resource) : resource)
  world = await openWorld({ personality: { ...generic, fhir: { receive } } })
})
afterEach(() => {
  made = whole
  world.ehr.faults.clear()
  vi.restoreAllMocks()
})
afterAll(() => world.close())

type Walked = Awaited<ReturnType<typeof signed>>
const attemptAgain = ({ clinician, visit }: Walked) =>
  filingOf(clinician.post(`${visit}/note/filing`, { sendAgain: true }))
const notesOf = (walked: Walked) => chart(world, walked.appointment).notes
const sends = () => writes(world).filter((w) => w === 'POST /' || w === 'POST /DocumentReference').length

/** A visit whose note went out and whose answer never came. */
async function unknown(fault: 'cut-after-write' | 'cut-before-write', patient?: string): Promise<Walked> {
  const walked = await signed(world, patient === undefined ? {} : { patient })
  world.ehr.faults.on(fault, { method: 'POST', times: 1 })
  expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
  return walked
}

describe('a note whose answer never came', () => {
  test('is found by its text where the record system dropped its mark, and is not sent twice', async () => {
    made = ({ identifier: _dropped, ...note }) => note
    const walked = await unknown('cut-after-write', patients.zoe.reference)
    const before = sends()

    const filing = await attempt(walked)

    const [note] = world.ehr.all('DocumentReference').slice(-1)
    expect(note?.identifier).toBeUndefined()
    expect(filing).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${note?.id}` })
    expect([sends(), notesOf(walked)]).toEqual([before, 1])
  })

  test('and is not there is said not to have arrived by one attempt, and sent by the next', async () => {
    const walked = await unknown('cut-before-write')
    const before = sends()

    const looked = await attempt(walked)

    expect(looked).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
    expect([sends(), notesOf(walked)]).toEqual([before, 0])
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([sends(), notesOf(walked)]).toEqual([before + 1, 1])
  })

  test('is not taken for another visit’s that says the same to the letter', async () => {
    const other = await signed(world)
    expect(await attempt(other)).toMatchObject({ state: 'filed' })
    const walked = await unknown('cut-before-write')

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'not-arrived' })

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([notesOf(other), notesOf(walked)]).toEqual([1, 1])
  })

  test('and is not there is sent at once when the person has said so', async () => {
    const walked = await unknown('cut-before-write')

    expect(await attemptAgain(walked)).toMatchObject({ state: 'filed' })

    expect(notesOf(walked)).toBe(1)
  })

  test('and is there is found although the person would have it sent again', async () => {
    const walked = await unknown('cut-after-write')
    const before = sends()

    expect(await attemptAgain(walked)).toMatchObject({ state: 'filed' })

    expect([sends(), notesOf(walked)]).toEqual([before, 1])
  })

  test('and cannot be looked for stays unknown until the person says to send it again, and then goes once', async () => {
    // Mark dropped, text put away elsewhere: nothing here can be told from our note.
    made = (note) => ({ ...note, ...unreadable })
    const walked = await unknown('cut-after-write', patients.wang.reference)
    const before = sends()
    for (const _ of [1, 2]) {
      const answer = await refuses(world, 'filing-unknown', () => file(walked.clinician, walked.visit))
      expect(lookIn(answer)).toBe('cannot-tell')
    }
    expect(await shown(walked)).toMatchObject({ state: 'unknown' })

    const filing = await attemptAgain(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(await attemptAgain(walked)).toEqual(filing)
    expect(await attempt(walked)).toEqual(filing)
    expect(sends()).toBe(before + 1)
  })

  test('and whose record system is down at the look stays unknown', async () => {
    const walked = await unknown('cut-after-write')
    world.ehr.faults.on('fhir-500', { type: 'DocumentReference', method: 'GET', times: 1 })

    await refuses(world, 'ehr-failed', () => file(walked.clinician, walked.visit))

    expect(await shown(walked)).toMatchObject({ state: 'unknown' })
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect(notesOf(walked)).toBe(1)
  })
})

describe('a page that looks by itself', () => {
  const look = ({ clinician, visit }: Walked) => clinician.post(`${visit}/note/filing`, { onlyLook: true })

  test('finds a note that is in the chart', async () => {
    const walked = await unknown('cut-after-write')
    const before = sends()

    expect(await filingOf(look(walked))).toMatchObject({ state: 'filed' })

    expect([sends(), notesOf(walked)]).toEqual([before, 1])
  })

  test('sends nothing, though another window has found meanwhile that it did not arrive, and though told to send it', async () => {
    const walked = await unknown('cut-before-write')
    const before = sends()
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'not-arrived' })

    expect(await filingOf(look(walked))).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
    const both = { onlyLook: true, sendAgain: true }
    expect(await filingOf(walked.clinician.post(`${walked.visit}/note/filing`, both))).toMatchObject({
      state: 'not-filed',
    })

    expect([sends(), notesOf(walked)]).toEqual([before, 0])
  })

  test('is told what the look came to: not there yet, then, long after, that nobody could be asked', async () => {
    const walked = await unknown('cut-after-write')
    world.ehr.faults.on('fhir-500', { type: 'DocumentReference', method: 'GET' })
    await refuses(world, 'ehr-failed', () => look(walked))
    world.later(6)
    expect(lookIn(await refuses(world, 'filing-unknown', () => look(walked)))).toBe('no-answer')
    world.ehr.faults.clear()

    const other = await unknown('cut-before-write')
    expect(lookIn(await refuses(world, 'filing-unknown', () => look(other)))).toBe('not-there-yet')
  })

  test('cannot look for a draft in that way, which would send it', async () => {
    const { clinician, visit } = await unknown('cut-before-write')

    expect((await clinician.post(`${visit}/note/draft`, { onlyLook: true })).code).toBe('bad-request')
  })
})

/** What a refusal says of what the look came to. */
function lookIn({ body }: Answer): string | undefined {
  const { extension = [] } = body as { extension?: readonly { url: string; valueCode?: string }[] }
  return extension.find(({ url }) => url.endsWith('/look'))?.valueCode
}

const unreadable = {
  identifier: [],
  content: [{ attachment: { contentType: 'text/plain', url: 'https://files.example/1' } }],
} satisfies Partial<DocumentReference>

describe('two attempts', () => {
  test('at once send one note, and the second is told that the first is at it', async () => {
    const walked = await signed(world)
    const { clinician, visit } = walked

    const answers = await Promise.all([file(clinician, visit), file(clinician, visit)])

    expect(answers.map(({ code }) => code ?? 'filed').sort()).toEqual(['filed', 'filing-under-way'])
    expect(notesOf(walked)).toBe(1)
  })

  test.each([false, true])(
    'of which one is still looking send one note: the look decides, whoever tries meanwhile (sendAgain: %s)',
    async (sendAgain) => {
      const walked = await unknown('cut-before-write')
      const { clinician, visit } = walked
      const answer = holdingBack(world, { type: 'DocumentReference', method: 'GET' })
      const asked = world.ehr.requests.length
      const looking = attempt(walked)
      const paths = () => world.ehr.requests.slice(asked).map(({ path }) => path)
      await eventually(() => expect(paths()).toContain('/DocumentReference'))

      await refuses(world, 'filing-under-way', () => clinician.post(`${visit}/note/filing`, { sendAgain }))

      answer()
      expect(await looking).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
      expect(await attempt(walked)).toMatchObject({ state: 'filed' })
      expect(notesOf(walked)).toBe(1)
    },
  )

  test('with a slow answer in between file once, and reading the note does not cut the slow one short', async () => {
    const walked = await signed(world)
    const answer = holdingBack(world, { type: 'DocumentReference', method: 'POST' })
    const before = sends()
    const slow = attempt(walked)
    await eventually(() => expect(sends()).toBe(before + 1))

    expect(await shown(walked)).toMatchObject({ state: 'pending' })
    await refuses(world, 'filing-under-way', () => file(walked.clinician, walked.visit))

    answer()
    expect(await slow).toMatchObject({ state: 'filed' })
    expect(await shown(walked)).toEqual(await slow)
    expect(notesOf(walked)).toBe(1)
  })
})

describe('a fault of our own', () => {
  /** The trail takes no entry of this code, once. */
  function trailFailsAt(code: string): void {
    const { house } = world
    const { happened } = house
    let failed = false
    vi.spyOn(house, 'happened').mockImplementation((by, event, more) => {
      if (failed || event !== 'note-filing' || more?.code !== code) return happened(by, event, more)
      failed = true
      return Promise.reject(new Error('no space left'))
    })
  }

  test('before the note is sent leaves it neither sent nor pending for ever', async () => {
    const walked = await signed(world)
    trailFailsAt('pending')
    const before = sends()

    expect((await file(walked.clinician, walked.visit)).status).toBe(500)

    expect(sends()).toBe(before)
    expect(await shown(walked)).toMatchObject({ state: 'unknown' })
    expect([await attempt(walked), await attempt(walked)]).toMatchObject([{ state: 'not-filed' }, { state: 'filed' }])
    expect(notesOf(walked)).toBe(1)
  })

  test('after the note was taken does not send it again', async () => {
    const walked = await signed(world)
    trailFailsAt('filed')

    expect((await file(walked.clinician, walked.visit)).status).toBe(500)

    const before = sends()
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([sends(), notesOf(walked)]).toEqual([before, 1])
  })

  test('between the sending and the ledger leaves the note to be looked for at the next attempt', async () => {
    const walked = await signed(world)
    const { notes } = world.house
    const change = notes.change.bind(notes)
    let changes = 0
    // First the note is taken, then it is pending, then it is still so, and the fourth word is what became of it.
    vi.spyOn(notes, 'change').mockImplementation((id, rule) =>
      ++changes === 4 ? Promise.reject(new Error('no space left')) : change(id, rule),
    )

    expect((await file(walked.clinician, walked.visit)).status).toBe(500)

    const before = sends()
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([sends(), notesOf(walked)]).toEqual([before, 1])
  })
})

test('an Appointment that was moved to next week while its note was written is left to next week', async () => {
  const walked = await signed(world)
  const kept = world.ehr.resource('Appointment', walked.appointment)
  if (kept === undefined) throw new Error('no such Appointment')
  const moved = (at = '') => new Date(Date.parse(at) + 7 * 24 * 3600_000).toISOString()
  await world.ehr.put({ ...kept, start: moved(kept.start), end: moved(kept.end) })

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'filed', appointment: 'left' })
  expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe('booked')
  expect(writes(world)).not.toContain(`PUT /Appointment/${walked.appointment}`)
})
