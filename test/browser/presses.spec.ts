// Owns the list of what is worse than its neighbours, screen by screen: it lies apart from them, asks first, or can be undone.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, inTheQueue, note, patientWaiting, saved, words } from './walk.ts'

/** What takes something away from somebody, by how its button is called. */
const worse =
  /^(Refuse|Remove|End visit|End the visit|Leave|Do not wait|Discard|Mark as|Delete|Throw|Sign out|Stop|Give)/
/** Nearer than a finger is wide, in pixels: the wrong one is hit. */
const finger = 24

/** The worse ones in sight that lie within a finger's width of one that is not. */
async function besides(page: Page, within: string): Promise<string[]> {
  return page.locator(within).evaluate(
    (shown, { source, px }) => {
      const isWorse = new RegExp(source)
      const all = [...shown.querySelectorAll('button, a, summary')].filter((one) => one.checkVisibility())
      const boxes = all.map((one) => ({
        name: (one.getAttribute('aria-label') ?? one.textContent ?? '').trim(),
        box: one.getBoundingClientRect(),
      }))
      const gap = (a: DOMRect, b: DOMRect) =>
        Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom)
      return boxes
        .filter(({ name }) => isWorse.test(name))
        .filter(({ box }) => boxes.some((b) => !isWorse.test(b.name) && gap(box, b.box) < px))
        .map(({ name }) => name)
    },
    { source: worse.source, px: finger },
  )
}

/** Each of them asks, and what it asks goes away without anything having happened. */
async function asks(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name, exact: true }).click()
    await expect(page.getByRole('dialog'), name).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog'), name).toHaveCount(0)
  }
}

/** Act at one press, and are undone by the next. */
const undone: Readonly<Record<string, string>> = { 'Leave the call': 'Rejoin the call' }

for (const width of [1280, 360])
  test(`nothing that acts at one press lies beside something harmless, at ${width} px: in the waiting room, at the door, in the call, at the note`, async ({
    stage,
    clinician,
    patient,
  }) => {
    const booking = await book(stage, `Astrid Vik ${width === 360 ? 'Moe' : 'Lie'}`)
    const guest = await patientWaiting(patient, stage, booking)
    const doctor = await clinicianAt(clinician, stage, booking)
    const part = async (name: 'Door' | 'Call' | 'Note') => {
      if (width === 360) await doctor.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
    }
    for (const page of [guest, doctor]) await page.setViewportSize({ width, height: 800 })

    // The waiting room: what leaves lies apart, and signing out asks.
    const outside = await besides(guest, '#page')
    expect(outside).not.toContain('Leave the waiting room')
    await asks(guest, outside)
    await expect(words(guest, inTheQueue)).toBeVisible()

    await part('Door')
    await expect(doctor.getByRole('button', { name: `Refuse ${booking.name}` })).toBeVisible()
    await asks(doctor, await besides(doctor, '#page'))

    await admit(doctor, booking.name)
    await part('Call')
    await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
    const inCall = await besides(doctor, '#page')
    await asks(
      doctor,
      inCall.filter((name) => undone[name] === undefined),
    )
    for (const name of inCall.filter((one) => undone[one] !== undefined)) {
      await doctor.getByRole('button', { name, exact: true }).click()
      await doctor.getByRole('button', { name: undone[name] ?? '' }).click()
    }

    await part('Note')
    await note(doctor, 'Plan').fill('Rest.')
    await saved(doctor)
    await part('Call')
    await doctor.getByRole('button', { name: 'End visit' }).click()
    await doctor.getByRole('button', { name: 'End for everyone' }).click()
    await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
    await part('Note')
    await doctor.getByRole('button', { name: 'Review and sign' }).click()
    await doctor.getByRole('button', { name: 'Sign and file' }).click()
    await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
    const signed = await besides(doctor, '#page')
    expect(signed).toEqual(['Mark as entered in error'])
    await asks(doctor, signed)

    await doctor.getByRole('button', { name: 'Amend the note' }).click()
    await doctor.getByRole('dialog').getByRole('button', { name: 'Amend the note' }).click()
    await expect(doctor.getByRole('button', { name: 'Discard the amendment' })).toBeVisible()
    await asks(doctor, await besides(doctor, '#page'))
  })
