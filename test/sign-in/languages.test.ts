// In which language a patient's pages come: by hand, by the record, by the browser, by the organisation; and never in one that is switched off.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import {
  acceptedIn,
  chosenAmong,
  type Language,
  languages,
  ourLanguage,
  spokenBy,
} from '../../server/domain/ehr/languages.ts'
import type { Me } from '../../server/wire/wire.ts'
import { ask, type Person } from '../support/people.ts'
import { bodyOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const emergency = 'In an emergency, call 112.'
const texts = { ar: { emergency: 'في حالة الطوارئ، اتصل بالرقم 112.', beforeVisit: 'جهّز أدويتك.' } }
const user = clinic.patients.margaret.reference
let world: World
let guardian: Person
let person: Person
let clinician: Person
beforeAll(async () => {
  const on: Language[] = ['en', 'es', 'ar']
  world = await openWorld({
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, languages: on, emergency, texts })) }),
  })
  await speaks(user, 'ar')
  await speaks(clinic.relatedPersons.layla.reference, 'es')
  person = await world.signIn({ user, patient: user })
  guardian = await world.signIn({
    user: clinic.relatedPersons.layla.reference,
    patient: clinic.patients.noor.reference,
  })
  clinician = await world.signIn({ user: clinic.practitioners.chen.reference })
})
afterAll(() => world.close())

/** What a record of the EHR says of the languages of its person, preferred last. */
async function speaks(reference: string, ...codes: readonly string[]): Promise<void> {
  const [type = '', id = ''] = reference.split('/')
  const kept = world.ehr.resource(type as 'Patient', id) // sound: both kinds of record have it alike
  if (kept === undefined) throw new Error(`the fixtures have ${reference}`)
  const communication = codes.map((code, i) => ({
    language: { coding: [{ system: 'urn:ietf:bcp:47', code }] },
    preferred: i === codes.length - 1,
  }))
  await world.ehr.put({ ...kept, communication })
}

type Wishes = { readonly chosen?: string; readonly accepts?: string; readonly cookie?: string }
async function pageOf(path: string, { chosen, accepts, cookie = '' }: Wishes = {}) {
  const cookies = [cookie, chosen === undefined ? '' : `housecall-language=${chosen}`].filter(Boolean).join('; ')
  const headers = {
    accept: 'text/html',
    ...(cookies && { cookie: cookies }),
    ...(accepts !== undefined && { 'accept-language': accepts }),
  }
  const { text } = await ask(world.url, path, { headers })
  const root = /<html[^\n]*?>(?=<title>|\s)/.exec(text)?.[0] ?? ''
  return { root, lang: / lang="([^"]+)"/.exec(root)?.[1], dir: / dir="([^"]+)"/.exec(root)?.[1], text }
}
const theirs = (who: Person, wishes: Wishes = {}) => pageOf(who.home, { ...wishes, cookie: who.cookie })

describe('the page of somebody signed in comes', () => {
  test('in the language of their record, whatever the browser asks for', async () => {
    expect(await theirs(person, { accepts: 'es' })).toMatchObject({ lang: 'ar', dir: 'rtl' })
  })

  test('as they chose by hand, whatever their record says', async () => {
    expect(await theirs(person, { chosen: 'es', accepts: 'ar' })).toMatchObject({ lang: 'es', dir: undefined })
  })

  test('in the language of who acts for the patient, and not of the patient', async () => {
    expect((await theirs(guardian)).lang).toBe('es')
  })

  test('in none that is off: a choice of it, and a browser’s wish for it, count for nothing', async () => {
    expect((await theirs(person, { chosen: 'fr', accepts: 'fr' })).lang).toBe('ar')
    expect((await theirs(person, { chosen: '../../etc/passwd' })).lang).toBe('ar')
  })

  test('in English to a clinician, who chooses nothing', async () => {
    const { lang, root } = await theirs(clinician, { chosen: 'ar', accepts: 'ar' })

    expect([lang, root.includes('data-languages')]).toEqual(['en', false])
  })

  test('as the browser asks where the record names none that is on, and else as the organisation has it', async () => {
    await speaks(user, 'en', 'de')
    await speaks(clinic.patients.zoe.reference, 'de')
    const english = await world.signIn({ user, patient: user })
    const zoe = { user: clinic.patients.zoe.reference, patient: clinic.patients.zoe.reference }
    const german = await world.signIn(zoe)
    await speaks(user, 'ar')

    expect((await theirs(english, { accepts: 'ar' })).lang).toBe('en')
    expect((await theirs(german, { accepts: 'de, es;q=0.5, ar;q=0.9' })).lang).toBe('ar')
    expect((await theirs(german, { accepts: 'de' })).lang).toBe('en')
    expect((await theirs(german)).lang).toBe('en')
  })

  test('with the languages to choose from, and the clinic’s words for an emergency in its own where it has them', async () => {
    const [arabic, spanish] = [await theirs(person), await theirs(person, { chosen: 'es' })]

    expect(arabic.root).toContain('data-languages="en es ar"')
    expect(arabic.root).toContain(`data-emergency="${texts.ar.emergency}"`)
    expect(arabic.root).not.toContain('data-emergency-language')
    expect(spanish.root).toContain(`data-emergency="${emergency}" data-emergency-language="en"`)
    expect(bodyOf<Me>(await person.get('/api/me')).organisation).toMatchObject({ language: 'en', emergency, texts })
  })
})

describe('a page of nobody signed in comes', () => {
  const iss = () => `?iss=${encodeURIComponent(world.ehr.issuers.patient)}`

  test.each(['/launch.html', '/', '/hand-over.html'])('in the browser’s language at %s', async (path) => {
    expect(await pageOf(`${path}${iss()}`, { accepts: 'ar-EG,ar;q=0.9,en;q=0.8' })).toMatchObject({
      lang: 'ar',
      dir: 'rtl',
    })
    expect((await pageOf(`${path}${iss()}`, { accepts: 'fr' })).lang).toBe('en')
  })

  test('in words of that language where something stands in the way, with the refusal’s code', async () => {
    const { lang, root } = await pageOf('/smart/launch?iss=https%3A%2F%2Fnowhere.example', { accepts: 'es-MX' })

    expect([lang, root.includes('data-refusal="unknown-issuer"')]).toEqual(['es', true])
  })

  test('with the form to the EHR’s sign-in in the words of that language', async () => {
    const { text } = await pageOf(`/smart/launch${iss()}`, { accepts: 'ar' })

    // An EHR that takes the request by its address alone needs no form.
    if (text.includes('id="leave"')) expect(text).toContain('متابعة إلى تسجيل الدخول')
  })
})

describe('a language', () => {
  test.each([
    ['es-US', 'es'],
    ['es_MX', 'es'],
    ['spa', 'es'],
    ['ara', 'ar'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-TW', 'zh-Hans'],
    [' FR ', 'fr'],
    ['en-US', 'en'],
  ])('written as %s is ours', (tag, ours) => {
    expect(ourLanguage(tag)).toBe(ours)
  })

  test.each(['de', 'English', '', '*', 'x', '🙂', 'e'.repeat(9)])('written as %j is none of ours', (tag) => {
    expect(ourLanguage(tag)).toBeUndefined()
  })

  test('that a record prefers comes first, and odd ones hide none', () => {
    const of = (code: unknown, preferred?: unknown) => ({ language: { coding: [{ code }] }, preferred })

    expect(spokenBy([of('en'), of('es', true), of('en', false)])).toEqual(['es', 'en'])
    expect(spokenBy([null, 7, { language: 'es' }, of(7), of('ar', 'yes')])).toEqual(['ar'])
    for (const odd of [undefined, null, 'es', {}, [[]]]) expect(spokenBy(odd)).toEqual([])
  })

  test('is chosen among those that are on, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.anything(),
        fc.uniqueArray(fc.constantFrom(...languages), { minLength: 1 }),
        (header, record, on) => {
          expect(on).toContain(chosenAmong(on, [...spokenBy(record), ...acceptedIn(header)]))
        },
      ),
    )
  })

  test('that a browser gives no weight is not wanted, and of several the dearest is', () => {
    expect(acceptedIn('en;q=0, es;q=0.3, fr;q=0.7, ar')).toEqual(['ar', 'fr', 'es'])
    expect([acceptedIn(undefined), acceptedIn(';;;,,q=1')]).toEqual([[], []])
  })
})
