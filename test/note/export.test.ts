// A signed note is taken along, wherever it stands on its way to the chart: who may, as what, and that nobody else learns of it.
import type { Bundle } from 'fhir/r4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { validate } from '../../sandbox/ehr/validate.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { attempt, shown } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { readPdf } from '../support/reading.ts'
import { everything, refuses } from '../support/refusals.ts'
import { bodyOf, inCall, open, opened, save, sign, signed, soap } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const ways = ['text', 'pdf', 'fhir'] as const
const { margaret } = clinic.patients

/** A file as the browser keeps it. */
async function taken({ home, cookie }: Person, visit: string, as: string) {
  const answer = await fetch(`${world.url}${home}${visit}/note/export?as=${as}`, { headers: { Cookie: cookie } })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const text = Buffer.from(bytes).toString('utf8')
  return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes, text }
}
const textOf = async (person: Person, visit: string) => (await taken(person, visit, 'text')).text
const asking = (person: Person, visit: string, as: string) => () => person.get(`${visit}/note/export?as=${as}`)

describe('a note the EHR would not take', () => {
  let walked: Awaited<ReturnType<typeof signed>>
  beforeAll(async () => {
    walked = await signed(world)
    world.ehr.faults.on('no-transaction')
    world.ehr.faults.on('document-403')
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed' })
    world.ehr.faults.clear()
  })

  test('is taken along as text that says whose it is, when, what, by whom, and that it is not in the chart', async () => {
    const { text } = await taken(walked.clinician, walked.visit, 'text')

    expect(text).toMatch(/^Video visit note\n\nPatient: Margaret Whitfield\nBorn: \d+ [A-Z][a-z]+ \d{4}\n/)
    expect(text).toMatch(
      /\nVisit: \d+ \w+ \d{4}, \d\d:\d\d to .*\(America\/New_York\)\nIdentity: Not confirmed in the call\nClinic: Riverside Family Clinic\n/,
    )
    expect(text).toMatch(/\nChart: Not in the chart when this copy was made, \d+ \w+ \d{4}, \d\d:\d\d\n/)
    for (const [title, words] of Object.entries(soap))
      expect(text.toLowerCase()).toContain(`\n\n${title}\n${words.toLowerCase()}\n\n`)
    expect(text).toMatch(/\n\nSigned by [^\n]*Chen[^\n]*, \d+ \w+ \d{4}, \d\d:\d\d \(America\/New_York\)\n$/)
  })

  test('is taken along as a PDF with the same words', async () => {
    const [sheet = ''] = await readPdf((await taken(walked.clinician, walked.visit, 'pdf')).bytes)

    for (const words of [margaret.name, 'Not in the chart when', 'Riverside Family Clinic', ...Object.values(soap)])
      expect(sheet).toContain(words)
  })

  test('is taken along as a FHIR document that is one', async () => {
    const { text } = await taken(walked.clinician, walked.visit, 'fhir')
    const bundle = JSON.parse(text) as Bundle // sound: validated on the next line

    expect(validate(bundle)).toEqual([])
    expect(bundle.entry?.[0]?.resource).toMatchObject({
      resourceType: 'Composition',
      status: 'final',
      subject: { reference: `${world.ehr.iss}/${margaret.reference}` },
    })
    expect(bundle.entry?.map((e) => e.resource?.resourceType)).toContain('Encounter')
  })

  test.each([
    ['text', 'text/plain; charset=utf-8', 'txt'],
    ['pdf', 'application/pdf', 'pdf'],
    ['fhir', 'application/fhir+json; charset=utf-8', 'json'],
  ])(
    'comes as a file (%s) that names nobody, is kept nowhere on the way, and is never taken for a page',
    async (as, type, ending) => {
      const { status, headers, bytes } = await taken(walked.clinician, walked.visit, as)

      expect(status).toBe(200)
      expect(headers).toMatchObject({
        'content-type': type,
        'content-length': String(bytes.length),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      const named = new RegExp(
        `^attachment; filename="visit-note-\\d{4}-\\d\\d-\\d\\d-\\d{4}-copy-\\d{8}-\\d{6}\\.${ending}"$`,
      )
      expect(headers['content-disposition']).toMatch(named)
    },
  )

  test('stays as it is: nothing that is kept changes, and the EHR is asked for nothing', async () => {
    const [before, asked] = [await everything(world), world.ehr.requests.length]

    for (const as of ways) await taken(walked.clinician, walked.visit, as)

    expect([await everything(world), world.ehr.requests.length]).toEqual([before, asked])
  })

  test('leaves a line in the audit trail each time, with the way it went and no word of it; the log has none either', async () => {
    const before = (await world.audit()).length
    for (const as of ways) await taken(walked.clinician, walked.visit, as)

    const lines = (await world.audit()).slice(before)
    expect(lines).toMatchObject(
      ways.map((code) => ({ event: 'note-exported', outcome: 'success', code, role: 'clinician' })),
    )
    const told = JSON.stringify(lines) + world.log()
    for (const secret of [margaret.name, margaret.birthDate, soap.plan]) expect(told).not.toContain(secret)
    expect(world.log()).toContain('/v/:launch/api/visits/:visit/note/export')
    expect(world.log()).not.toContain('export?as')
  })

  test('is not handed to the patient, nor to a clinician of another visit', async () => {
    const other = await opened(world)

    for (const as of ways) {
      await refuses(world, 'clinician-only', asking(walked.patient, walked.visit, as))
      await refuses(world, 'not-your-visit', asking(other.clinician, walked.visit, as))
    }
  })

  test('is handed out as text, PDF or FHIR document, and as nothing else', async () => {
    const { clinician, visit } = walked

    for (const as of ['html', 'PDF', '', '../text', 'text&as=pdf', 'text&name=Margaret'])
      await refuses(world, 'bad-request', asking(clinician, visit, as))
    await refuses(world, 'bad-request', () => clinician.get(`${visit}/note/export`))
  })
})

test('a note that is not signed, or not written, is not handed out', async () => {
  const { clinician, visit } = await inCall(world)

  await refuses(world, 'note-not-signed', asking(clinician, visit, 'text'))
  bodyOf(await save(clinician, visit))
  for (const as of ways) await refuses(world, 'note-not-signed', asking(clinician, visit, as))
})

test('a note with characters that the PDF cannot show is refused as a PDF, and whole as text and as FHIR', async () => {
  const { clinician, visit } = await inCall(world)
  const plan = '头痛: 多喝水。'
  bodyOf(await save(clinician, visit, 0, { ...soap, plan }))
  bodyOf(await sign(clinician, visit))

  await refuses(world, 'note-unprintable', asking(clinician, visit, 'pdf'))

  expect(await textOf(clinician, visit)).toContain(`\n\nPlan\n${plan}\n\n`)
  expect((await taken(clinician, visit, 'fhir')).text).toContain(plan)
})

test('a note that was signed while the visit went on says that it had not ended', async () => {
  const { clinician, visit } = await inCall(world)
  bodyOf(await save(clinician, visit))
  bodyOf(await sign(clinician, visit))

  expect(await textOf(clinician, visit)).toMatch(/\nVisit: Begun .*, not ended when this copy was made\n/)
  const [sheet = ''] = await readPdf((await taken(clinician, visit, 'pdf')).bytes)
  expect(sheet).toContain('not ended when this copy was made')
  const bundle: unknown = JSON.parse((await taken(clinician, visit, 'fhir')).text)
  expect(validate(bundle)).toEqual([])
})

test('a note of a visit nobody came to is taken along all the same', async () => {
  const { clinician, visit } = await opened(world)
  bodyOf(await save(clinician, visit))
  bodyOf(await sign(clinician, visit))

  for (const as of ways) expect((await taken(clinician, visit, as)).status).toBe(200)
  expect(await textOf(clinician, visit)).toMatch(/\nVisit: Planned for .*, not begun when this copy was made\n/)
})

test('a copy says where the note stood: on its way, not known, in the chart, or there as a mistake', async () => {
  const walked = await signed(world)
  const { clinician, visit } = walked
  const chart = async () => /\nChart: (.*)\n/.exec(await textOf(clinician, visit))?.[1]

  expect(await chart()).toMatch(/^Not in the chart when this copy was made/)
  world.ehr.faults.on('cut-after-write', { times: 1 })
  expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
  expect(await chart()).toMatch(/^Not known whether it is in the chart, when this copy was made/)
  const filed = await attempt(walked)
  if (filed.state !== 'filed') throw new Error(`it is ${filed.state}`)
  expect(await chart()).toMatch(new RegExp(`^In the chart since .* as ${filed.documentReference}$`))
  bodyOf(await clinician.post(`${visit}/note/mistake`))
  expect(await chart()).toMatch(new RegExp(`^In the chart as ${filed.documentReference}, marked as entered in error `))
})

test('an amended note is handed out as amended, and not before it is signed anew', async () => {
  const walked = await signed(world)
  const { clinician, visit } = walked
  await attempt(walked)
  const { version } = bodyOf<NoteView>(await clinician.post(`${visit}/note/amendment`))
  await refuses(world, 'note-not-signed', asking(clinician, visit, 'text'))
  const next = bodyOf<NoteView>(await save(clinician, visit, version, { ...soap, plan: 'Amlodipine 5 mg.' }))
  bodyOf(await sign(clinician, visit, next.version))

  const text = await textOf(clinician, visit)

  expect(text).toContain('\n\nPlan\nAmlodipine 5 mg.\n\n')
  expect(text).not.toContain(soap.plan)
  expect(text).toMatch(/\nAmended: Takes the place of the text signed \d+ \w+ \d{4}, \d\d:\d\d\n/)
})

test('a filing that a restart cut short is not known in the copy either', async () => {
  const walked = await signed(world)
  world.ehr.faults.on('fhir-timeout', { method: 'POST', times: 1 })
  const sent = world.ehr.requests.length
  void attempt(walked).catch(() => undefined)
  await expect.poll(() => world.ehr.requests.slice(sent).some(({ method }) => method === 'POST')).toBe(true)
  expect(await textOf(walked.clinician, walked.visit)).toMatch(
    /\nChart: On its way to the chart when this copy was made/,
  )
  await world.restart()

  expect(await textOf(walked.clinician, walked.visit)).toMatch(/\nChart: Not known whether it is in the chart/)
  expect(await shown(walked)).toMatchObject({ state: 'unknown' })
})

test('a note is taken along from another window as well, and is the same', async () => {
  const { clinician, visit, appointment } = await signed(world)
  const window = await world.signIn({ user: clinic.practitioners.chen.reference, patient: margaret.id, appointment })
  await open(window, appointment)

  const [here, there] = await Promise.all([clinician, window].map((person) => textOf(person, visit)))
  expect(there?.split('\n\n').slice(1)).toEqual(here?.split('\n\n').slice(1))
})
