// Owns the whole visit at every other kind of EHR than the demo's: from its desktop and its portal to the last words about the note,
// and what of it stands in that EHR's chart. The generic EHR's is the journey.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page } from '@playwright/test'
import type { Encounter } from 'fhir/r4'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { keycloak } from '../../sandbox/ehr/personalities/keycloak.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { openStage, type Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test as people } from './people.ts'
import { sees } from './picture.ts'
import { admit, end, endAlone, inNewWindow, knock, note, saved, words } from './walk.ts'

const chenAt = ({ ehr }: Stage) => `Practitioner/${ehr.idOf(clinic.practitioners.chen.id)}`
const told = 'Sneezing since the birches bloom.'

/** A hospital of this kind, for one test alone. */
const test = people.extend<{ personality: Personality }>({
  personality: [generic, { option: true }],
  stage: async ({ personality }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'housecall-browser-'))
    const stage = await openStage({ ports: { app: 0, ehr: 0, jitsi: 0 }, data: join(folder, 'data'), personality })
    await use(stage)
    await stage.close()
    await rm(folder, { recursive: true })
  },
})

type Row = {
  readonly is: string
  readonly personality: Personality
  /** Whether the schedule made an Encounter beforehand, which the EHR then tells at the launch. */
  readonly registered: boolean
  /** The launch names no patient: her day stands first. */
  readonly day?: true
  /** What she reads beside the note while she writes it, where not all of it is taken. */
  readonly line?: string
  readonly left: boolean
  readonly appointment: 'fulfilled' | 'booked'
  readonly encounter: Pick<Encounter, 'status'> & { readonly class: string }
}

const rows: readonly Row[] = [
  {
    ...{ is: 'epic', personality: epic, registered: true, left: true, appointment: 'booked' },
    line: 'This EHR files notes, but cannot create encounters and does not let appointments be marked as done.',
    encounter: { status: 'planned', class: 'VR' },
  },
  {
    ...{ is: 'oracle', personality: oracle, registered: false, left: false, appointment: 'fulfilled' },
    encounter: { status: 'finished', class: 'AMB' },
  },
  {
    ...{ is: 'launcher', personality: launcher, registered: false, left: false, appointment: 'fulfilled' },
    encounter: { status: 'finished', class: 'VR' },
  },
  {
    ...{ is: 'medplum', personality: medplum, registered: false, left: false, appointment: 'fulfilled' },
    encounter: { status: 'finished', class: 'VR' },
  },
  {
    ...{
      is: 'keycloak',
      personality: keycloak,
      day: true,
      registered: false,
      left: false,
      appointment: 'fulfilled',
    },
    encounter: { status: 'finished', class: 'VR' },
  },
]

for (const row of rows)
  test.describe(`at ${row.is}`, () => {
    test.use({ personality: row.personality })

    test('two people meet from their own desktops, and the clinician reads what became of her note', async ({
      stage,
      clinician,
      patient,
    }) => {
      const booking = await book(stage, 'Birgit Solheim')
      if (row.registered) await register(stage, booking)
      const desktop = await clinician.newPage()
      await desktop.goto(`${stage.ehr.desktopUrl}?user=${chenAt(stage)}`)
      const doctor = await fromDesktop(clinician, desktop, booking, row.day)
      const portal = await patient.newPage()
      await portal.goto(`${stage.ehr.portalUrl}?user=Patient/${booking.patient}`)
      const guest = await inNewWindow(patient, portal, /^Join video visit/)
      await knock(guest)
      await admit(doctor, booking.name)
      await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])

      await note(doctor, 'Assessment').fill(told)
      await saved(doctor)
      if (row.line !== undefined) {
        await expect(words(doctor, row.line)).toBeVisible()
        const lists = await inNewWindow(clinician, doctor, /^What this EHR can do/)
        await expect(lists.getByText('Signed notes go into the chart.')).toBeVisible()
        await lists.close()
      }
      await end(doctor)
      await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
      await signAndFile(doctor)

      await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
      const left = words(doctor, 'The appointment itself could not be marked as done. Please do that in the schedule.')
      await expect(left).toHaveCount(row.left ? 1 : 0)
      await look(doctor, `clinician-filed-${row.is}`, 'Note')
      await desktop.getByRole('link', { name: booking.name, exact: true }).click()
      await expect(desktop.getByText(told)).toBeVisible()
      inTheChart(stage, booking, row)
    })
  })

test.describe('at epic, without an encounter', () => {
  test.use({ personality: epic })

  test('the clinician reads why her note is not in the chart, and files it once she comes from the encounter', async ({
    stage,
    clinician,
  }) => {
    const booking = await book(stage, 'Halvor Lunde')
    const desktop = await clinician.newPage()
    await desktop.goto(`${stage.ehr.desktopUrl}?user=${chenAt(stage)}`)
    const doctor = await fromDesktop(clinician, desktop, booking)
    await doctor.getByRole('button', { name: 'Start the call' }).click()
    await note(doctor, 'Assessment').fill(told)
    await saved(doctor)
    await endAlone(doctor)
    await signAndFile(doctor)
    await expect(
      words(doctor, /^The note is not in the chart\. The chart shows no encounter that is surely/),
    ).toBeVisible()
    await look(doctor, 'clinician-no-encounter', 'Note')

    await register(stage, booking)
    await desktop.reload()
    const again = await fromDesktop(clinician, desktop, booking)
    await again.getByRole('button', { name: 'Try again' }).click()

    await expect(words(again, 'The note is in the chart.')).toBeVisible()
    expect(stage.ehr.all('DocumentReference').map(({ context }) => context?.encounter?.[0]?.reference)).toEqual([
      `Encounter/${booking.appointment}`,
    ])
  })
})

/** Registration's Encounter of the Appointment, under the same id. */
const register = ({ ehr }: Stage, { appointment, patient }: Booking) =>
  ehr.put({
    ...{ resourceType: 'Encounter', id: appointment, status: 'planned' },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
    subject: { reference: `Patient/${patient}` },
    appointment: [{ reference: `Appointment/${appointment}` }],
  })

/** From her schedule to the visit: at once where the EHR tells which it is, or whose, and that patient has one alone; else by her day. */
async function fromDesktop(who: BrowserContext, desktop: Page, { name }: Booking, day?: true): Promise<Page> {
  const doctor = await inNewWindow(who, desktop, `Open video visit with ${name}`)
  if (day) await doctor.getByRole('button', { name: `Open visit with ${name}` }).click()
  // Where the EHR says that its own page names the patient, the heading leaves it to that, and a line above the door says whose visit it is.
  const named = doctor.getByRole('heading', { level: 1, name }).or(words(doctor, new RegExp(`^Visit of ${name}, born`)))
  await expect(named.first()).toBeVisible()
  return doctor
}

async function signAndFile(doctor: Page): Promise<void> {
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: 'Sign and file' }).click()
}

function inTheChart({ ehr }: Stage, { patient, appointment }: Booking, expected: Row): void {
  const of = `Patient/${patient}`
  const notes = ehr.all('DocumentReference').filter(({ subject }) => subject?.reference === of)
  const encounters = ehr.all('Encounter').filter(({ subject }) => subject?.reference === of)
  expect(notes.map(({ docStatus, context }) => [docStatus, context?.encounter?.[0]?.reference])).toEqual([
    ['final', `Encounter/${encounters[0]?.id}`],
  ])
  expect(encounters.map((e) => ({ status: e.status, class: e.class.code }))).toEqual([expected.encounter])
  expect(ehr.resource('Appointment', appointment)?.status).toBe(expected.appointment)
}
