// One mail to a patient, made of the words of their language: a subject, plain text, the same as a page, and the hour for their calendar.
// Has a link to our own launch page and no other: who opens it is asked by the EHR who they are. Refuses nothing.
import type { Language } from '../ehr/languages.ts'
import { given } from '../given.ts'
import type { Instant } from '../ids.ts'
import { asMarkup } from '../markup.ts'
import { calendarOf } from './calendar.ts'
import { type NoticeKind, noticeWords } from './words.ts'

/** What somebody is told, and of which hours. `sequence`: of the calendar's entry. */
export type Notice = {
  readonly kind: NoticeKind
  readonly language: Language
  readonly start: Instant
  readonly end: Instant
  readonly sequence: number
}

/** What is the same for all that a clinic writes of one visit. */
export type FromClinic = {
  /** As it is called to patients where others may read along; and where its mail comes from. */
  readonly from: { readonly name: string; readonly address: string }
  readonly phone: string
  readonly timeZone: string
  /** Our launch page. */
  readonly link: string
  /** Of the calendar's entry. */
  readonly uid: string
}

export type PatientMail = {
  readonly to: string
  readonly subject: string
  readonly language: Language
  readonly text: string
  readonly html: string
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string }
}

export function letterOf(notice: Notice, clinic: FromClinic, to: string, now: Instant): PatientMail {
  const { kind, language, start, end } = notice
  const words = noticeWords[language]
  const { subject, says, todo } = words.mail[kind]
  // Apart from the letters around it: in Arabic its parts would change places.
  const phone = language === 'ar' ? `\u2066${clinic.phone}\u2069` : clinic.phone
  const [call, why] = [filled(words.call, { phone }), filled(words.why, { from: clinic.from.name })]
  const when = kind === 'ready' ? undefined : `${words.when}: ${hoursIn(language, start, end, clinic.timeZone)}`
  const link = kind === 'cancelled' ? undefined : clinic.link
  const text = [says, when, todo, link, call, `-- \n${why}`].flatMap((part) => part ?? []).join('\n\n')
  const method = kind === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const)
  const entry = {
    ...{ method, sequence: notice.sequence, start, end, now, to },
    ...{ uid: clinic.uid, timeZone: clinic.timeZone, link: clinic.link, from: clinic.from },
    ...{ summary: words.summary, description: [todo, link, call].flatMap((part) => part ?? []).join('\n\n') },
  } as const
  return {
    ...{ to, subject, language, text },
    html: page({
      ...{ language, subject, says, todo, why },
      ...given({ when, link }),
      open: words.open,
      ...callOf(words.call, clinic.phone),
    }),
    ...(kind === 'ready' ? {} : { calendar: { method, content: calendarOf(entry) } }),
  }
}

/** From when until when, with the zone's name: whoever reads it may be in another. Arabic with the digits that telephones and clocks show. */
const hoursIn = (language: Language, start: Instant, end: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : language, {
    ...({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const),
    ...({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone } as const),
  }).formatRange(Date.parse(start), Date.parse(end))

/** Puts in what stands in braces. */
const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

type Page = Pick<PatientMail, 'language' | 'subject'> & {
  readonly says: string
  readonly todo: string
  readonly why: string
  readonly open: string
  readonly call: readonly [before: string, phone: string, after: string]
  readonly when?: string
  readonly link?: string
}

function callOf(sentence: string, phone: string): Pick<Page, 'call'> {
  const [before = '', after = ''] = sentence.split('{phone}')
  return { call: [before, phone, after] }
}

const style = {
  body: 'margin:0;padding:24px 16px;background:#ffffff;color:#1b2733;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif',
  card: 'max-width:560px;margin:0 auto;text-align:start',
  heading: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  paragraph: 'margin:0 0 16px',
  when: 'margin:0 0 16px;font-weight:600',
  button:
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5fa5;color:#ffffff;text-decoration:none;font-weight:600',
  small: 'margin:24px 0 0;padding-top:16px;border-top:1px solid #c9d3dc;font-size:14px;color:#4a5a68',
} as const

/** No script, no picture, nothing that is fetched: nobody learns that it was opened. */
function page({ language, subject, says, todo, why, open, call, when, link }: Page): string {
  const [before, phone, after] = call
  const paragraph = (html: string, css: string = style.paragraph) => `<p style="${css}">${html}</p>`
  const linked = (url: string) => [
    paragraph(`<a href="${marked(url)}" style="${style.button}">${marked(open)}</a>`),
    paragraph(`<a href="${marked(url)}" dir="ltr" style="color:#0b5fa5">${marked(url)}</a>`),
  ]
  return [
    `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light">',
    `<title>${marked(subject)}</title></head><body style="${style.body}"><div style="${style.card}">`,
    `<h1 style="${style.heading}">${marked(subject)}</h1>`,
    paragraph(marked(says)),
    ...(when === undefined ? [] : [paragraph(marked(when), style.when)]),
    paragraph(marked(todo)),
    ...(link === undefined ? [] : linked(link)),
    paragraph(`${marked(before)}<bdi dir="ltr">${marked(phone)}</bdi>${marked(after)}`),
    paragraph(marked(why), style.small),
    '</div></body></html>',
  ].join('\n')
}

/** A single quote too: what a mail program makes of a page is its own affair. */
const marked = (text: string): string => asMarkup(text).replaceAll("'", '&#39;')
