// A clinic's consent text in the settings: by version, day and language, or a clear refusal before anything starts. No language without its text.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from '../../server/settings/config.ts'
import { consentIn } from '../../server/settings/consent.ts'
import { issuer, settingsFiles } from './files.ts'

const fileOf = settingsFiles()
const random = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const english = 'A video visit is a visit by picture and sound.\n\nYou can ask for a visit in person instead.'
const spanish = 'Una videoconsulta es una consulta con imagen y sonido. Puede pedir una consulta presencial.'
const good = { version: '2026-11', date: '2026-11-01', texts: { en: english } }

function read(consent: unknown, more: object = {}) {
  const clinic = {
    ...{ id: 'riverside', name: 'Clinic', phone: '555-0100', timeZone: 'America/New_York', consent, ...more },
    issuers: [issuer],
    jitsi: { origin: 'https://meet.example', issuer: 'housecall' },
  }
  const env = {
    ...{ HOUSECALL_URL: 'https://visits.example', HOUSECALL_DATA: '/var/lib/housecall' },
    ...{ HOUSECALL_SEAL_KEYS: `k1:${random}`, HOUSECALL_ROOM_KEY: random, HOUSECALL_JITSI_SECRET_RIVERSIDE: random },
    HOUSECALL_CONFIG: fileOf({ organisations: [clinic] }),
  }
  try {
    return { organisation: readConfig(env).organisations[0], problems: '' }
  } catch (cause) {
    if (!(cause instanceof ConfigProblem)) throw cause
    return { organisation: undefined, problems: cause.problems.join('\n') }
  }
}

test('nobody is asked unless the clinic gave a text', () => {
  const { organisation } = read(undefined)

  expect(organisation?.consent).toBeUndefined()
  expect(organisation && consentIn(organisation)).toBeUndefined()
})

test('the text is read to the letter in each language, with a hash of what is shown', () => {
  const texts = { en: english, es: spanish }
  const { organisation } = read({ ...good, texts }, { languages: ['en', 'es'] })
  if (organisation === undefined) throw new Error('it is read')

  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
  const common = { version: '2026-11', date: '2026-11-01' }
  expect(consentIn(organisation, 'es')).toEqual({ ...common, language: 'es', text: spanish, hash: hash(spanish) })
  expect(consentIn(organisation)).toEqual({ ...common, language: 'en', text: english, hash: hash(english) })
  // A page can come in no other language; whoever asks for one gets the first.
  expect(consentIn(organisation, 'fr')).toEqual(consentIn(organisation))
})

test.each<[string, unknown, object, string]>([
  [
    'a language is on and has no text',
    good,
    { languages: ['en', 'ar'] },
    'consent.texts.ar: is missing: patients may read "ar", and nobody agrees to what they cannot read; give this text, or take "ar" out of "languages"',
  ],
  ['a text is for a language that is off', { ...good, texts: { en: english, fr: english } }, {}, 'not in "languages"'],
  ['a text is too short to be one', { ...good, texts: { en: 'I agree.' } }, {}, 'the whole text'],
  ['the version cannot stand in a record', { ...good, version: 'the new one' }, {}, 'letters, digits'],
  ['the day is none', { ...good, date: '1 November' }, {}, 'a day such as'],
  ['something is unknown', { ...good, text: english }, {}, 'text'],
])('the start is refused, with what to do, where %s', (_what, consent, more, says) => {
  expect(read(consent, more).problems).toContain(says)
})
