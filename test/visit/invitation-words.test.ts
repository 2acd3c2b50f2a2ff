// What an invitation says where it is sent on: the same in each language, with the very button that the page shows, and nothing of the patient.
import { describe, expect, test } from 'vitest'
import { joinWords as arabic } from '../../client/languages/ar/launch/join-words.ts'
import { joinWords as spanish } from '../../client/languages/es/launch/join-words.ts'
import { joinWords as french } from '../../client/languages/fr/launch/join-words.ts'
import { joinWords as chinese } from '../../client/languages/zh-Hans/launch/join-words.ts'
import { joinWords as english } from '../../client/launch/join-words.ts'
import { languages } from '../../server/domain/ehr/languages.ts'
import type { Instant } from '../../server/domain/ids.ts'
import { textsOfInvitation } from '../../server/domain/visit/invitation-words.ts'

const pages = { en: english, es: spanish, fr: french, ar: arabic, 'zh-Hans': chinese }
const said = {
  ...{ clinic: 'Riverside Clinic', link: 'https://video.example/join.html#secret', code: '7KPT2-XQ4RD' },
  typeAt: 'https://video.example/join.html',
}
const at = { start: '2026-03-02T15:30:00Z' as Instant, timeZone: 'America/New_York' }

describe.each(languages)('an invitation in %s', (language) => {
  const { mail, sms } = textsOfInvitation({ ...said, ...at, language })

  test('says who invites, when by the clinic’s clock, what to press, and what to type where the link fails', () => {
    expect(mail.subject).toContain('Riverside Clinic')
    for (const part of ['Riverside Clinic', pages[language].go, said.code, '10:30']) expect(mail.text).toContain(part)
    for (const part of ['Riverside Clinic', '10:30']) expect(sms).toContain(part)
  })

  test('has its link on a line by itself, so that it is found whatever stands before and after', () => {
    expect(mail.text.split('\n')).toContain(said.link)
    expect(sms.split('\n')).toContain(said.link)
    expect(mail.text.split('\n')).toEqual(expect.arrayContaining([said.code, said.typeAt]))
  })

  test('has the digits and the calendar that are said on the telephone', () => {
    expect(mail.text).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/u)
  })

  test('is a message of two parts at most beside the link, by the signs that a part holds', () => {
    const text = sms.replace(said.link, '')
    const isPlain = /^[\n -~\u00e0\u00e8\u00e9\u00f1]*$/u.test(text)

    expect(text.length).toBeLessThanOrEqual(isPlain ? 153 : 134)
  })
})

test('each language says it in its own words', () => {
  const subjects = languages.map((language) => textsOfInvitation({ ...said, ...at, language }).mail.subject)

  expect(new Set(subjects).size).toBe(languages.length)
})
