// Owns what moves and what does not on the clinician's page while she is in the call: the door as a sheet, the menu, the folded note, the corner
// of a phone; and that it holds on a narrow page, with large text and with the system's own colours.
import { expect, type Locator } from '@playwright/test'
import { book } from './booking.ts'
import { frameName, meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, choose, clinicianAt, note, openDoor, patientWaiting, saved, words } from './walk.ts'

test('who knocks during the call opens the door over the picture, which keeps its size; let in, they leave a chip with the focus on it', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Dagny Friis')
  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: 'Start the call' }).click()
  await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
  const picture = () => doctor.locator('.call-frame iframe').boundingBox()
  const before = await picture()
  await expect(doctor.locator('.part.door')).toBeHidden()

  await patientWaiting(patient, stage, booking)
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).toBeVisible()
  expect(await picture()).toEqual(before)
  await admit(doctor, booking.name)

  await expect(doctor.locator('.part.door')).toBeHidden()
  await expect(doctor.getByRole('button', { name: /^Door/ })).toBeFocused()
  expect(await picture()).toEqual(before)
  await sees(doctor, 'blue')
})

test('by keyboard one comes to the person, the call, the note and the end in this order, and out of the menu where one was', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Embla Ruud')
  await openDoor(doctor)
  const places = await doctor.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, iframe, textarea')]
      .filter((one) => one.checkVisibility() && one.tabIndex >= 0)
      .map((one) => one.closest('.banner, .part, .visit-end')?.className ?? ''),
  )
  const order = places.filter((one, at) => one !== places[at - 1])
  expect(order).toEqual(['banner', 'part door', 'part middle', 'part note', 'visit-end'])

  const more = doctor.getByRole('button', { name: 'More', exact: true })
  const choice = doctor.getByRole('button', { name: 'Mute everyone' })
  await more.focus()
  await doctor.keyboard.press('Enter')
  await expect(choice).toBeVisible()
  await doctor.keyboard.press('Tab')
  await expect(choice).toBeFocused()
  await doctor.keyboard.press('Escape')
  await expect(more).toBeFocused()
  await expect(choice).toHaveCount(0)
  await doctor.keyboard.press('Enter')
  await expect(choice).toBeVisible()
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')
  await expect(more).toBeFocused()
  await expect(choice).toHaveCount(0)

  // Escape in the moment in which the choices appear, before they are drawn.
  await more.evaluate(async (button) => {
    if (!(button instanceof HTMLElement)) return
    button.click()
    for (let n = 0; n < 5; n++) await undefined
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  })
  await expect(more).toHaveAttribute('aria-expanded', 'false')
})

test('the menu closes when something else is pressed, in the room’s frame too', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Frode Lie')
  const more = doctor.getByRole('button', { name: 'More', exact: true })
  const choice = doctor.getByRole('button', { name: 'Mute everyone' })

  await more.click()
  await expect(choice).toBeVisible()
  await room(doctor)
    .locator('#stage')
    .click({ position: { x: 20, y: 20 } })
  await expect(choice).toHaveCount(0)

  await more.click()
  await note(doctor, 'Plan').click()
  await expect(choice).toHaveCount(0)

  // A frame that takes the focus and gives it back: whoever reads by keyboard stands where the menu was.
  await more.click()
  await choice.focus()
  await doctor.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect(choice).toHaveCount(0)
  await expect(more).toBeFocused()
})

test('a press on Mute that the room was quicker than unmutes nobody', async ({ stage, clinician, patient }) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Gro Hauge')
  const mute = doctor.getByRole('button', { name: 'Mute your microphone', exact: true })
  const before = (await mute.boundingBox()) ?? new DOMRect()
  await doctor.mouse.move(before.x + before.width / 2, before.y + before.height / 2)

  await doctor.mouse.down()
  // By Jitsi's own key, or by another moderator: the room is quiet while the finger is still down.
  await doctor.locator('.call-frame iframe').evaluate((frame) => {
    if (!(frame instanceof HTMLIFrameElement)) return
    const scope = frame.name.replace('jitsiConferenceFrame', 'jitsi_meet_external_api_')
    const message = { type: 'command', name: 'toggleAudio', args: [], scope }
    frame.contentWindow?.postMessage(message, new URL(frame.src).origin)
  })
  const unmute = doctor.getByRole('button', { name: 'Unmute your microphone' })
  await expect(unmute).toBeVisible()
  expect(await unmute.boundingBox()).toEqual(before)
  await doctor.mouse.up()

  await note(doctor, 'Plan').fill('Rest.')
  await saved(doctor)
  await expect(unmute).toBeVisible()
  await unmute.click()
  await expect(mute).toBeVisible()
})

test('the note folds to a strip and comes back as it was, and the strip says when the text is not saved', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Hilde Vik')
  const before = await frameName(doctor)
  await note(doctor, 'Subjective').fill('Itching since Monday.')
  await saved(doctor)

  await doctor.getByRole('button', { name: 'Fold the note', exact: true }).click()
  await expect(note(doctor, 'Subjective')).toBeHidden()
  const width = async () => (await doctor.locator('.call-frame').boundingBox())?.width
  await expect.poll(width).toBe(1280 - 44)
  await doctor.getByRole('button', { name: 'Unfold the note' }).click()
  await expect(note(doctor, 'Subjective')).toHaveValue('Itching since Monday.')

  await clinician.setOffline(true)
  await note(doctor, 'Plan').fill('Cream.')
  await note(doctor, 'Plan').blur()
  await expect(words(doctor, /^Not saved: no connection/)).toBeVisible()
  await doctor.getByRole('button', { name: 'Fold the note', exact: true }).click()
  await expect(doctor.getByRole('button', { name: 'Unfold the note: it is not saved' })).toBeVisible()
  await clinician.setOffline(false)
  await doctor.getByRole('button', { name: 'Unfold the note' }).click()
  await saved(doctor)
  expect(await frameName(doctor)).toBe(before)

  // The way to the signature stays in sight, and the last line that is typed above it.
  await note(doctor, 'Plan').press('Control+End')
  await doctor.keyboard.type('\nTwice a day.'.repeat(40))
  const foot = async (of: Locator) => ((await of.boundingBox())?.y ?? 0) + ((await of.boundingBox())?.height ?? 0)
  const sign = doctor.getByRole('button', { name: 'Review and sign' })
  await expect(sign).toBeInViewport({ ratio: 1 })
  await expect.poll(async () => (await foot(note(doctor, 'Plan'))) <= ((await sign.boundingBox())?.y ?? 0)).toBe(true)
})

test('in the corner of a phone there is the other’s face and nothing else', async ({ stage, clinician, patient }) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Idun Bakke')
  const self = room(doctor).locator('.tile[data-self]')
  await expect(self).toBeVisible()

  await doctor.setViewportSize({ width: 360, height: 740 })
  await doctor.getByRole('tab', { name: 'Note' }).click()

  await expect(self).toBeHidden()
  await expect(room(doctor).getByRole('button')).toHaveCount(0)
  await expect(room(doctor).getByText('Idun Bakke')).toBeHidden()
  const seen = await doctor
    .locator('.part.corner')
    .locator('button, p, iframe')
    .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.tagName))
  expect(seen).toEqual(['IFRAME'])
  const height = async (of: string) => (await doctor.locator(of).boundingBox())?.height ?? 0
  expect(await height('.part.corner iframe')).toBeGreaterThanOrEqual((await height('.part.corner')) - 2)
  // It has a place of its own: nothing that is read or pressed lies below it.
  for (const [width, height] of [
    [360, 740],
    [740, 360],
  ] as const) {
    await doctor.setViewportSize({ width, height })
    const lies = await doctor.evaluate(() => {
      const box = (of: string) => document.querySelector(of)?.getBoundingClientRect() ?? new DOMRect()
      const [face, text] = [box('.part.corner'), box('.part.note')]
      return face.height > 100 && (face.bottom <= text.top || text.right <= face.left)
    })
    expect(lies, `${width} × ${height}`).toBe(true)
    await doctor.getByRole('button', { name: 'Review and sign' }).click({ trial: true })
  }
  await sees(doctor, 'blue')
  await doctor.setViewportSize({ width: 360, height: 740 })
  await doctor.getByRole('tab', { name: 'Call' }).click()
  await expect(self).toBeVisible()
  await expect(room(doctor).getByRole('button', { name: 'Share your screen' })).toBeVisible()
})

test('on a narrow page, on a phone on its side and with text of 200 % the picture is never lower than 240 px', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Jorunn Foss')
  for (const page of [doctor, guest])
    for (const [width, height, text] of [
      [320, 480, '100%'],
      [740, 360, '100%'],
      [360, 740, '200%'],
      [320, 640, '200%'],
      [740, 360, '200%'],
      [1280, 600, '200%'],
    ] as const) {
      const at = `${width} × ${height}, text ${text}`
      await page.setViewportSize({ width, height })
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text)
      const frame = page.locator('.call-frame iframe')
      await expect(frame, at).toBeVisible()
      expect((await frame.boundingBox())?.height, at).toBeGreaterThanOrEqual(240)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), at).toBeLessThanOrEqual(0)
    }
})

test('what is said above a patient’s picture, and goes again, moves nothing of the room under a finger, however little room there is', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Nils Aas')
  const closed = words(guest, 'Your microphone is off: nobody hears you.')
  const foot = async () => {
    const { y = 0, height = 0 } = (await guest.locator('.call-frame iframe').boundingBox()) ?? {}
    return Math.round(y + height)
  }
  for (const [width, height, text] of [
    [320, 640, '200%'],
    [740, 360, '200%'],
    [320, 480, '100%'],
  ] as const) {
    await guest.setViewportSize({ width, height })
    await guest.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text)
    await expect.poll(foot, `${width} × ${height}, text ${text}`).toBe(height)

    await choose(doctor, 'Mute everyone')
    await expect(closed).toHaveCount(1)
    expect(await foot(), `${width} × ${height}, text ${text}`).toBe(height)
    // What is so now is read without scrolling, before whose call it is.
    await guest.evaluate(() => scrollTo(0, 0))
    if (width > height) expect(await guest.evaluate(linesHalfSeen)).toEqual([])
    const now = await closed.boundingBox()
    const picture = (await guest.locator('.call-frame').boundingBox())?.y ?? 0
    expect((now?.y ?? 0) + (now?.height ?? 0), `${width} × ${height}, text ${text}`).toBeLessThanOrEqual(picture)
    // All that is said can be scrolled to above the picture.
    await closed.scrollIntoViewIfNeeded()
    await guest.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    const said = await closed.boundingBox()
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(
      (await guest.locator('.call-frame').boundingBox())?.y ?? 0,
    )
    await room(guest).getByRole('button', { name: 'Unmute microphone' }).click()
    await expect(closed).toHaveCount(0)
  }
})

test('a page that fills the window has nothing to scroll, and the call’s frame has a name', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Kaia Strand')

  for (const page of [doctor, guest]) {
    const below = await page.evaluate(
      () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
    )
    expect(below).toBe(0)
    await expect(page.getByTitle('Video call')).toHaveCount(1)
  }
})

test('an edge that tells something is told where colours are the system’s own', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Lise Myhre')
  await doctor.setViewportSize({ width: 360, height: 740 })

  await doctor.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })

  const edge = (name: string) =>
    doctor.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).borderBottomColor)
  await expect.poll(async () => (await edge('Call')) === (await edge('Door'))).toBe(false)
  const bar = doctor.getByRole('group', { name: 'Call controls' })
  expect(await bar.evaluate((one) => getComputedStyle(one).borderTopWidth)).toBe('1px')
})

/** Runs in the page: the lines above a patient's picture of which its edge covers a part, more than the tail of a letter. */
function linesHalfSeen(): readonly string[] {
  const edge = document.querySelector('.call-picture')?.getBoundingClientRect().top ?? 0
  return [...document.querySelectorAll('.call-bar p, .call-top > *')].flatMap((one) => {
    const range = document.createRange()
    range.selectNodeContents(one)
    const cut = [...range.getClientRects()].filter(
      ({ top, bottom, height }) => edge - top > height / 4 && bottom - edge > height / 4,
    )
    return cut.length > 0 ? [one.textContent ?? ''] : []
  })
}
