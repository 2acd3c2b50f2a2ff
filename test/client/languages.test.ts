// What patients read in other languages than English: all of it, in the same shape, with the same things put in, and in the forms that a number asks for.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isolated } from '../../client/base/isolated.ts'
import { plural } from '../../client/base/plural.ts'
import { waitingWords as arabic } from '../../client/languages/ar/door/waiting-words.ts'
import { lateWords as arabicLate } from '../../client/languages/ar/ui/late-words.ts'
import { elsewhere as spanish } from '../../client/languages/es/ui/elsewhere-words.ts'
import { waitingWords as french } from '../../client/languages/fr/door/waiting-words.ts'
import { waitingWords as chinese } from '../../client/languages/zh-Hans/door/waiting-words.ts'
import type { elsewhere as english } from '../../client/ui/elsewhere-words.ts'
import { languages } from '../../server/domain/ehr/languages.ts'
import { filesIn } from '../support/sources.ts'

const sources = filesIn('client')
const others = languages.filter((language) => language !== 'en')
const isWords = (path: string) => /(^|[/-])words\.ts$/.test(path)
const inLanguage = (path: string, language: string) => path.replace('client/', `client/languages/${language}/`)

/** Every file that a patient's page, or a page before the sign-in, comes to hold; of a page that has a side for each, what patients get. */
function reached(): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (path: string): void => {
    if (found.has(path)) return
    found.add(path)
    for (const { to, typesOnly } of sources.find((one) => one.path === path)?.imports ?? []) if (!typesOnly) add(to)
  }
  for (const entry of [
    'client/patient.tsx',
    'client/launch/launch.tsx',
    'client/launch/hand-over.tsx',
    'client/launch/join.tsx',
    'client/words.ts',
  ])
    add(entry)
  return found
}

const wordsOfPatients = [...reached()].filter(isWords).toSorted()
const root = new URL('../../', import.meta.url).href
const read = async (path: string): Promise<Readonly<Record<string, unknown>>> => ({
  ...(await import(`${root}${path}`)),
})

/** The sentences in a value by their place in it; what makes sentences as it is. */
function leaves(value: unknown, place = ''): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[place, value]])
  return new Map(Object.entries(value).flatMap(([name, one]) => [...leaves(one, `${place}/${name}`)]))
}

test('a patient’s page reads words in many places', () => {
  expect(wordsOfPatients.length).toBeGreaterThan(20)
  expect(wordsOfPatients).toContain('client/door/waiting-words.ts')
})

describe.each(others)('in %s', (language) => {
  test('there are words wherever a patient’s page reads some, and none that nothing reads', () => {
    const mine = sources.map(({ path }) => path).filter((path) => path.startsWith(`client/languages/${language}/`))

    expect(mine.toSorted()).toEqual(wordsOfPatients.map((path) => inLanguage(path, language)).toSorted())
  })

  test.each(wordsOfPatients)('%s has every sentence of the English one, and no other', async (path) => {
    const [english, its] = [await read(path), await read(inLanguage(path, language))].map((one) => leaves(one))

    expect([...(its?.keys() ?? [])].toSorted()).toEqual([...(english?.keys() ?? [])].toSorted())
    const unsaid = [...(its ?? [])].filter(([place, one]) => one === '' && english?.get(place) !== '')
    expect(unsaid).toEqual([])
  })

  test.each(wordsOfPatients)('%s says nothing in English', async (path) => {
    const [english, its] = [await read(path), await read(inLanguage(path, language))].map((one) => leaves(one))
    const same = [...(its ?? [])].filter(
      ([place, one]) => typeof one === 'string' && /[a-z]{2,} [a-z]{2,}/i.test(one) && english?.get(place) === one,
    )

    expect(same).toEqual([])
  })

  test.each(wordsOfPatients)('%s has what is put into a sentence of it', async (path) => {
    const [english, its] = [await read(path), await read(inLanguage(path, language))].map((one) => leaves(one))
    for (const [place, make] of english ?? []) {
      const given = samples[`${path.replace('client/', '')}${place}`]
      if (typeof make !== 'function' || given === undefined) continue
      const said = JSON.stringify(Reflect.apply(its?.get(place) as () => unknown, undefined, given.with)) // sound: of the same shape, as is looked at above
      for (const one of given.has) expect(said, `${place} in ${language}`).toContain(one)
    }
  })

  test('the remedies have the codes and the ways out of the English ones', async () => {
    for (const path of [
      'client/base/entry-words.ts',
      'client/base/visit-words.ts',
      'client/base/words.ts',
      'client/call/words.ts',
    ]) {
      const codes = async (of: string) =>
        [...leaves(await read(of))].filter(([place]) => /\/(support|action)$/.test(place))

      const mine = (await codes(inLanguage(path, language))).filter(([, one]) => typeof one === 'string')
      expect(mine).toEqual((await codes(path)).filter(([, one]) => typeof one === 'string'))
      expect(mine.length).toBeGreaterThan(0)
    }
  })
})

type Sample = { readonly with: readonly unknown[]; readonly has: readonly string[] }
const one = (text: string): Sample => ({ with: [text], has: [text] })
const two = (a: string, b: string): Sample => ({ with: [a, b], has: [a, b] })
/** What each sentence that is made is made of: by its file and its place in it. */
const samples: Readonly<Record<string, Sample>> = {
  'base/remedy-words.ts/elseAsk': { with: ['First.'], has: [] },
  'base/words.ts/eitherOf': two('Patient.', 'Clinician.'),
  'ui/words.ts/page/call': one('555-0100'),
  'ui/words.ts/clinicNamed': { with: [{ name: 'Riverside', phone: '555-0100' }], has: ['Riverside', '555-0100'] },
  'ui/words.ts/phoneLink': one('555-0100'),
  'ui/words.ts/problem/wait': { with: [45], has: ['45'] },
  'ui/words.ts/problem/support': one('S9'),
  'ui/words.ts/problem/headline': one('Title'),
  'ui/words.ts/problem/request': one('W6-12'),
  'ui/words.ts/times/today': one('10:30'),
  'ui/words.ts/times/on': two('2 March', '10:30'),
  'ui/words.ts/times/zoned': two('10:30', 'Paris time'),
  'ui/words.ts/times/minutes': { with: [5], has: ['5'] },
  'ui/words.ts/times/hours': { with: [2, 5], has: ['2', '5'] },
  'ui/words.ts/times/about': one('72 years'),
  'ui/words.ts/times/lessThan': one('1 month'),
  'ui/late-words.ts/lateWords/minutes': { with: [20], has: ['20'] },
  'ui/late-words.ts/lateWords/said': { with: ['10:30', 20], has: ['10:30', '20'] },
  'ui/late-words.ts/lateWords/patient': { with: ['Dr. Chen', '10:30', 20], has: ['Dr. Chen', '10:30', '20'] },
  'ui/elsewhere-words.ts/elsewhere/others': { with: [7], has: ['7'] },
  'day/words.ts/withProfession': two('Dr. Chen', 'Physician'),
  'day/words.ts/facts': {
    with: [{ when: 'now', clinicians: ['Dr. Chen', 'Dr. Osei'], patient: 'Emma' }],
    has: ['now', 'Dr. Chen', 'Dr. Osei', 'Emma'],
  },
  'day/words.ts/early/opens': one('10:30'),
  'day/words.ts/early/in': one('5 minutes'),
  'day/words.ts/early/far': one('5 hours'),
  'day/choice-words.ts/choice/clinicians': { with: [['Dr. Chen', 'Dr. Osei']], has: ['Dr. Chen', 'Dr. Osei'] },
  'day/choice-words.ts/choice/forPatient': one('Emma'),
  'day/choice-words.ts/choice/opens': one('10:30'),
  'door/words.ts/checkWords/question': { with: [(word: string) => `<${word}>`], has: ['<', '>'] },
  'door/words.ts/checkWords/phone': one('555-0100'),
  'door/device-words.ts/adviceOn': {
    with: ['both', 'system', { name: 'chrome', system: 'mac' }],
    has: ['Chrome', 'title', 'todo'],
  },
  'door/locked-words.ts/lockedWords/seen': one('10:30'),
  'door/turned-away-words.ts/saidWhy': { with: [{ words: 'The line is bad.' }], has: ['The line is bad.'] },
  'door/message-words.ts/messageWords/ready': two('10:30', 'A sentence.'),
  'door/message-words.ts/messageWords/own': one('10:30'),
  'door/message-words.ts/messageWords/wrote': one('The line is bad.'),
  'door/turned-away-words.ts/turnedAwayWords/another': one('Emma'),
  'door/turned-away-words.ts/turnedAwayWords/wrote': one('The line is bad.'),
  'door/turned-away-words.ts/turnedAwayWords/sentBack': one('10:30'),
  'door/turned-away-words.ts/turnedAwayWords/asked': one('10:30'),
  'door/telephone-words.ts/telephoneWords/known': one('10:30'),
  'door/consent-words.ts/consentWords/whose': two('Layla Haddad', 'Noor Haddad'),
  'door/consent-words.ts/consentWords/version': two('2026-11', '1 November 2026'),
  'door/consent-words.ts/consentWords/agreeFor': one('Noor Haddad'),
  'door/consent-words.ts/noConsentWords/withdrawn': one('10:30'),
  'door/consent-words.ts/noConsentWords/phone': one('555-0100'),
  'door/waiting-words.ts/waitingWords/title/starts': one('10:30'),
  'door/waiting-words.ts/waitingWords/title/here': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'door/waiting-words.ts/waitingWords/title/with-another': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'door/waiting-words.ts/waitingWords/title/away': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'door/waiting-words.ts/waitingWords/turn': { with: [12], has: ['12'] },
  'door/by-mail-words.ts/byMailWords/off': one('m…@mail.example'),
  'door/by-mail-words.ts/byMailWords/on': one('m…@mail.example'),
  'door/meanwhile-words.ts/cannotWords/known': one('10:30'),
  'door/waiting-words.ts/waitingWords/estimate': { with: [5, 20], has: ['5', '20'] },
  'door/waiting-words.ts/waitingWords/stepped/title': one('10:30'),
  'door/waiting-words.ts/waitingWords/gone': two('10:30', '10:45'),
  'door/waiting-words.ts/waitingWords/since': two('10:30', '5 minutes'),
  'door/invited-waiting-words.ts/invitedWaitingWords/title/starts': one('10:30'),
  'door/invited-waiting-words.ts/invitedWaitingWords/title/here': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'door/invited-waiting-words.ts/invitedWaitingWords/title/with-another': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'door/invited-waiting-words.ts/invitedWaitingWords/title/away': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'door/invited-waiting-words.ts/invitedWaitingWords/estimate': { with: [5, 20], has: ['5', '20'] },
  'visit/words.ts/callPageWords/title': { with: [['Dr. Chen']], has: ['Dr. Chen'] },
  'visit/words.ts/callPageWords/forPatient': one('Emma'),
  'visit/words.ts/callPageWords/phone': one('555-0100'),
  'call/blocked-words.ts/blockedWords/call': one('555-0100'),
  'call/blocked-words.ts/blockedWords/callNamed': two('Emma', '555-0100'),
  'call/words.ts/callWords/phone': one('555-0100'),
  'call/words.ts/callWords/support': one('V6'),
  'call/words.ts/whoIsHereWords/here': { with: [['Dr. Chen', 'Emma']], has: ['Dr. Chen', 'Emma'] },
  'call/words.ts/whoIsHereWords/backSoon': two('Dr. Chen', '10:30'),
  'call/words.ts/whoIsHereWords/coming': { with: [['Dr. Chen', 'Emma']], has: ['Dr. Chen', 'Emma'] },
  'call/words.ts/whoIsHereWords/gone': two('Dr. Chen', '10:30'),
  'call/words.ts/qualityWords/phone': one('555-0100'),
  'call/words.ts/uninvitedWords/atRoomDoor': { with: [['Emma', 'Dr. Osei']], has: ['Emma', 'Dr. Osei'] },
  'call/words.ts/uninvitedWords/inCall': one('Emma'),
  'launch/words.ts/whose/says/clinician': two('Dr. Chen', 'Riverside'),
  'launch/words.ts/whose/says/patient': two('Emma', 'Riverside'),
  'launch/words.ts/whose/says/representative': two('Emma', 'Riverside'),
}

test('of every sentence that is made it is known what it is made of', async () => {
  const made = await Promise.all(
    wordsOfPatients.map(async (path) =>
      [...leaves(await read(path))]
        .filter(([, make]) => typeof make === 'function')
        .map(([place]) => `${path.replace('client/', '')}${place}`),
    ),
  )

  expect(made.flat().toSorted()).toEqual(Object.keys(samples).toSorted())
})

describe('the form that a number asks for', () => {
  test('is one of six in Arabic, each another sentence', () => {
    const said = [0, 1, 2, 3, 11, 100].map((n) => arabic.turn(n))

    expect(new Set(said).size).toBe(6)
    expect(said[2]).toMatch(/^مريضان/)
    expect(new Set([1, 2, 5, 20].map((n) => arabicLate.patient('Chen', '10:30', n))).size).toBe(4)
  })

  test('is one of two in Spanish and in French, where a million has no other and nought is as one is', () => {
    expect([spanish.others(1), spanish.others(2)]).toEqual([
      'Tiene otra sesión abierta.',
      'Tiene otras 2 sesiones abiertas.',
    ])
    expect(spanish.others(1_000_000)).toBe('Tiene otras 1000000 sesiones abiertas.')
    expect(french.turn(1)).toContain('1 patient attend')
    expect(french.turn(2)).toContain('2 patients attendent')
    expect(plural('fr')(0, { one: 'one', other: 'other' })).toBe('one')
  })

  test('is one alone in Chinese', () => {
    expect([1, 2].map((n) => chinese.turn(n))).toEqual(['有 1 位患者比您等得更久。', '有 2 位患者比您等得更久。'])
  })

  test('does not compile where it is missing, nor does a language without one of the sentences', () => {
    const two = { one: 'one', other: 'other' }
    // @ts-expect-error Arabic has six forms
    const said = plural('ar')(1, two)
    // @ts-expect-error the others are missing
    const half: typeof english = { none: 'Solo aquí.' }

    expect([said, half.none]).toEqual(['one', 'Solo aquí.'])
  })
})

describe('a name in a sentence that runs the other way', () => {
  beforeEach(() => void vi.stubGlobal('document', { documentElement: { dir: 'rtl' } }))
  afterEach(() => vi.unstubAllGlobals())

  test('is kept apart from it, a telephone number too', () => {
    expect(arabic.title.here(['Dr. Chen'])).toBe('\u2068Dr. Chen\u2069 هنا.')
    expect(isolated('555-0100')).toBe('\u2068555-0100\u2069')
  })

  test('is kept apart in English as well, and one that runs its way stands as it is', () => {
    vi.stubGlobal('document', { documentElement: { dir: '' } })

    expect([isolated('محمد'), isolated('Dr. Chen')]).toEqual(['\u2068محمد\u2069', 'Dr. Chen'])
  })
})
