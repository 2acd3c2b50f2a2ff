// What a patient is written: in their language and its direction, with our own link alone, and with nothing that somebody else may not read.
import { describe, expect, test } from 'vitest'
import { languages } from '../../server/domain/ehr/languages.ts'
import { instant } from '../../server/domain/instant.ts'
import { isMailAddress, mailAddressOf } from '../../server/domain/notice/address.ts'
import { type FromClinic, letterOf } from '../../server/domain/notice/letter.ts'
import { noticeKinds, noticeWords } from '../../server/domain/notice/words.ts'

const at = (text: string) => instant(Date.parse(text))
const [start, end, now] = [at('2026-12-01T19:00:00Z'), at('2026-12-01T19:30:00Z'), at('2026-11-30T10:00:00Z')]
const link = 'https://visits.example/launch.html'
const clinic: FromClinic = {
  ...{ from: { name: 'Harbor', address: 'visits@harbor.example' }, phone: '555-0100', timeZone: 'America/New_York' },
  ...{ link, uid: 'abc@visits.example' },
}
const all = languages.flatMap((language) => noticeKinds.map((kind) => ({ kind, language, start, end, sequence: 0 })))

describe('a letter', () => {
  test.each(all)('of $kind in $language says when, whom to call and where to click, and no other address', (notice) => {
    const { subject, text, html, calendar } = letterOf(notice, clinic, 'a@mail.example', now)

    expect(subject).toBe(noticeWords[notice.language].mail[notice.kind].subject)
    const isAboutHour = notice.kind !== 'ready'
    expect([text.includes('2026'), text.includes('555-0100')]).toEqual([isAboutHour, true])
    const links = [...new Set(`${text}\n${html}`.match(/https?:[^\s"<]+/g))]
    expect(links).toEqual(notice.kind === 'cancelled' ? [] : [link])
    expect(calendar?.method).toBe(
      { invitation: 'REQUEST', moved: 'REQUEST', cancelled: 'CANCEL', ready: undefined }[notice.kind],
    )
    expect(html).toContain(`lang="${notice.language}" dir="${notice.language === 'ar' ? 'rtl' : 'ltr'}"`)
    expect(html).not.toMatch(/<script|<img|<link|src=|@import|url\(/)
    expect(`${text}${html}${calendar?.content ?? ''}`).not.toMatch(/\{\w+\}/)
  })

  test('has no word about health in it, nor of whom it is with', () => {
    const words = JSON.stringify(noticeWords)

    expect(words).not.toMatch(/clinic|doctor|health|patient|medic|treat|visit\b|therap|hospital|nurse/i)
    expect(words).not.toMatch(/médec|salud|santé|consult|paciente|soin|طبيب|صحة|استشار|عياد|مريض|医|诊|病|健康/i)
  })

  test('lets no sign of the settings become markup', () => {
    const odd = { ...clinic, from: { name: `<b>'&`, address: 'v@h.example' }, phone: '<i>"5"' }
    const { html } = letterOf(
      { kind: 'invitation', language: 'en', start, end, sequence: 0 },
      odd,
      'a@mail.example',
      now,
    )

    expect(html).toContain('&lt;b&gt;&#39;&amp;')
    expect(html).not.toMatch(/<b>|<i>/)
  })
})

describe('an address', () => {
  test.each([
    ...[
      'a@b.example',
      'm.chen+visits@mail.example',
      "o'neil@sub.mail-1.example",
      'A_B%c@X.EXAMPLE',
      `${'a'.repeat(64)}@b.example`,
    ],
  ])('%s is one', (address) => expect(isMailAddress(address)).toBe(true))

  test.each([
    ...[
      '',
      'a',
      'a@b',
      '@b.example',
      'a@',
      'a@@b.example',
      'a b@c.example',
      'a@b.example,c@d.example',
      'a@b.example c@d.example',
    ],
    ...[
      'a@b.example\r\nBcc: x@y.example',
      'a\n@b.example',
      'a@b.example\n',
      '"a b"@c.example',
      'a(b)@c.example',
      'Margaret <a@b.example>',
    ],
    ...[
      '.a@b.example',
      'a.@b.example',
      'a..b@c.example',
      'a@-b.example',
      'a@b-.example',
      'a@b..example',
      'a@[127.0.0.1]',
      'a@127.0.0.1',
    ],
    ...[
      'é@b.example',
      'a@exämple.org',
      `${'a'.repeat(65)}@b.example`,
      `a@${'b'.repeat(64)}.example`,
      `a@${'b.'.repeat(130)}example`,
    ],
    ...[
      'a@b.example;c@d.example',
      'a@b.example>',
      '<a@b.example',
      'a:b@c.example;',
      'a\u0000@b.example',
      'a%0d%0a\r@b.example',
    ],
  ])('%j is none', (address) => expect(isMailAddress(address)).toBe(false))

  const today = { now, timeZone: 'America/New_York' }
  const point = (value: string, more: object = {}) => ({ system: 'email', value, ...more })
  test('of a record is the one in use today: ranked first, then the one at home', () => {
    const work = point('work@c.example', { use: 'work' })
    const old = point('old@c.example', { use: 'old' })
    const over = point('over@c.example', { period: { end: '2026-11-29' } })
    const home = point(' home@c.example ', { use: 'home' })

    expect(mailAddressOf([{ system: 'phone', value: 'p@c.example' }, old, over, work, home], today)).toBe(
      'home@c.example',
    )
    expect(mailAddressOf([home, { ...work, rank: 1 }], today)).toBe('work@c.example')
    expect(mailAddressOf([point('mailto:x@c.example')], today)).toBe('x@c.example')
  })

  test('that would be two, or end a line, hides no good one, and is never mended', () => {
    expect(
      mailAddressOf([point('a@b.example, c@d.example'), point('a@b.example\nBcc: c@d.example')], today),
    ).toBeUndefined()
    expect(mailAddressOf([point('a@b.example\n'), point('good@c.example', { use: 'work' })], today)).toBe(
      'good@c.example',
    )
    expect(
      [undefined, null, 'a@b.example', [null, 3, {}], [{ system: 'email', value: 3 }]].map((odd) =>
        mailAddressOf(odd, today),
      ),
    ).toEqual(Array(5).fill(undefined))
  })
})
