// Owns that what is said of a refusal fits, wherever it can be said: the one with most words, of the person, clinic and number with the longest
// ones, at a desk, in an EHR's frame, on two phones, and on the smallest with text twice as large.
import { type Browser, expect, type Page, test } from '@playwright/test'
import { moreWords } from '../../client/call/bar-words.ts'
import { largest, misfits, misfitsNow, type PlaceLook, pages } from './fit.ts'
import * as scenes from './fit-scenes.ts'
import { openScenes, type Scene, type Stage } from './fit-stage.ts'

type Size = {
  readonly width: number
  readonly height: number
  readonly framed?: true
  readonly text?: '200%'
  /** Absent where it is everybody's. */
  readonly of?: 'clinician' | 'patient'
}
const sizes: Readonly<Record<string, Size>> = {
  desk: { width: 1280, height: 800 },
  frame: { width: 1024, height: 768, framed: true },
  phone: { width: 360, height: 740 },
  'small phone': { width: 320, height: 640 },
  'large text on a phone': { width: 320, height: 640, text: '200%', of: 'patient' },
  'large text at a desk': { width: 1280, height: 800, text: '200%', of: 'clinician' },
}

type At = Partial<PlaceLook>
type Stand = {
  readonly scene: Scene
  readonly as: 'clinician' | 'patient'
  readonly places: Readonly<Record<string, At>>
}

const tab = (part: 'door' | 'call' | 'note') => `[role=tab]#tab-${part}`
const yes = 'dialog[open] .actions .main'
const join = '.clinic-call .call-out .main'
const opened = (...open: string[]): At => ({ open, press: yes })

const stands: Readonly<Record<string, Stand>> = {
  'at the door': {
    scene: scenes.atDoor,
    as: 'clinician',
    places: {
      'let in': { open: [tab('door')], press: '.person.waiting .main' },
      'not now': opened(tab('door'), '.turn-away button:first-child'),
      refuse: opened(tab('door'), '.turn-away button:nth-child(2)'),
      'let wait': { open: [tab('door')], press: '.person.stuck .main' },
      late: { open: [tab('door')], press: '.late .actions button' },
      lock: { open: [tab('door')], press: '.door-lock > button' },
      'not saved': { open: [tab('note')], press: '#note-plan' },
      sign: opened(tab('note'), '.sign-start > .main'),
    },
  },
  'in the call': {
    scene: scenes.inCall,
    as: 'clinician',
    places: {
      'the call does not open': {
        open: [tab('call')],
        press: '.clinic-call .call-out .main, .call-stage .trouble .main',
      },
      'who is it': { open: [tab('call'), join], press: '.who-is-it .main' },
      'not this person': opened(tab('call'), join, '.who-is-it section > button:nth-of-type(2)'),
      'end for everyone': opened('.visit-end button'),
      'sign in the call': opened(tab('note'), '.sign-start > .main', 'dialog[open] input[type=radio]'),
      'the day over the call': { open: ['.others'], press: 'dialog[open] .row > button' },
    },
  },
  'in the room': {
    scene: scenes.inTheRoom,
    as: 'clinician',
    places: {
      'asked to record': { open: [tab('call'), join], press: '.recording.sheet .actions button' },
      'right back': {
        open: [tab('call'), join, '.bar .more > button', `=${moreWords.rightBack}`],
        shows: '.sheet.away',
      },
    },
  },
  'what happened': {
    scene: scenes.ended,
    as: 'clinician',
    places: { save: { open: ['dialog[open] input[type=radio]'], press: yes } },
  },
  'a draft': { scene: scenes.draftOpen, as: 'clinician', places: { draft: { press: '.draft button' } } },
  'a signed note': {
    scene: scenes.signed,
    as: 'clinician',
    places: {
      file: { press: '.filing .actions .main' },
      change: opened('.filing .actions .plain:last-child'),
      download: { open: ['.downloads summary'], press: '.downloads .actions a' },
    },
  },
  'a note in the chart': {
    scene: scenes.inTheChart,
    as: 'clinician',
    places: { next: { press: '.next .main' }, 'in error': opened('.filing .actions .plain:last-child') },
  },
  'a note of another': {
    scene: scenes.ofAnother,
    as: 'clinician',
    places: { 'confirm who': opened('.filing > .actions button:first-child') },
  },
  'two texts': {
    scene: scenes.twoTexts,
    as: 'clinician',
    places: { 'which stays': { open: [tab('note'), '#note-plan'], shows: '.conflict' } },
  },
  'an amendment': { scene: scenes.amending, as: 'clinician', places: { discard: opened('.amending button') } },
  'the day': {
    scene: scenes.day,
    as: 'clinician',
    places: {
      row: { press: '.row > button' },
      late: { open: ['.late summary'], press: '.late .actions button' },
      elsewhere: { open: ['.foot button'], press: '.foot button' },
    },
  },
  'whose visits': { scene: scenes.whoseVisits, as: 'clinician', places: { choose: { press: '.card .main' } } },
  'what the record system can': {
    scene: scenes.whatTheEhrCan,
    as: 'clinician',
    places: { 'as it stands': { shows: '.ehr-rows.missing' } },
  },
  'handed over': { scene: scenes.handedOver, as: 'patient', places: { whose: { shows: '.card .actions .main' } } },
  'the patient’s visits': {
    scene: scenes.choosing,
    as: 'patient',
    places: { 'as it stands': { shows: '.visits .main' } },
  },
  'the device check': {
    scene: scenes.checking,
    as: 'patient',
    places: { knock: { late: ['.findings', '.speaker'], press: '.card .actions .main' } },
  },
  'by telephone': { scene: scenes.byTelephone, as: 'patient', places: { video: { press: '.card .plain' } } },
  'the waiting room': {
    scene: scenes.waitingThere,
    as: 'patient',
    places: {
      // What does not pass by itself means that the place is gone: then they have left.
      leave: { open: ['.way-out'], press: 'dialog[open] .danger', passing: true },
      'sign out': { open: ['.top .plain'], press: 'dialog[open] .danger' },
    },
  },
  'the patient’s call': {
    scene: scenes.letIn,
    as: 'patient',
    places: {
      'the call does not open': { press: '.trouble .main' },
      recording: { press: '.recording button' },
    },
  },
}

let stage: Stage
test.beforeAll(async () => {
  stage = await openScenes()
})
test.afterAll(() => stage.close())

/** At each size in a browser page of its own, side by side. */
async function atEachSize(browser: Browser, look: (page: Page, size: Size) => Promise<readonly string[]>) {
  const looks = Object.entries(sizes).map(async ([name, size]) => {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', timezoneId: scenes.timeZone })
    const found = await look(await context.newPage(), size)
    await context.close()
    return found.map((one) => `${name}, ${one}`)
  })
  return (await Promise.all(looks)).flat()
}

test('what is said of a refusal fits its place, in every state, at every size', async ({ browser }) => {
  const found = await atEachSize(browser, async (page, { framed, text, of: whose }) => {
    const told: string[] = []
    for (const [stand, { scene, as, places }] of Object.entries(stands)) {
      if (whose !== undefined && whose !== as) continue
      // A window of its own is in nobody's frame.
      const frame = await stage.show(page, scene, framed === true && scene !== scenes.handedOver)
      const looks = Object.entries(places).map(([name, at]) => [name, { open: [], press: '', ...at }] as const)
      const of = { places: Object.fromEntries(looks), refused: largest(as), large: text !== undefined }
      told.push(...(await misfits(frame, of)).map((one) => `${stand}, ${one}`))
    }
    return told
  })

  expect(found).toEqual([])
})

test('a page that says why somebody cannot go on fits, signed in or not', async ({ browser }) => {
  const refusedTo = [
    ...pages('clinician').map(({ code }) => scenes.clinicianRefused(code)),
    ...pages('patient').map(({ code }) => scenes.patientRefused(code)),
    ...pages(undefined).flatMap(({ code }) => [
      scenes.launchRefused(code, true),
      scenes.launchRefused(code, false),
      scenes.nobodysPage(code),
    ]),
  ]
  const found = await atEachSize(browser, async (page, { framed, text }) => {
    const told: string[] = []
    for (const scene of refusedTo) {
      const frame = await stage.show(page, scene, framed === true)
      const misfit = await misfitsNow(frame, text !== undefined)
      told.push(...misfit.map((one) => `${scene.html} ${JSON.stringify(scene.answers.visit ?? scene.data)}, ${one}`))
    }
    return told
  })

  expect(found).toEqual([])
})
