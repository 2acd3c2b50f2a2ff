// One notice of a visit as a mail to its patient: made of the organisation's settings, of the visit as it is now, and of nothing else.
// Refuses (`no-address`) where the record has none by now.
import { languageOn } from '../domain/ehr/languages.ts'
import type { Instant } from '../domain/ids.ts'
import { calendarUid } from '../domain/notice/calendar.ts'
import { letterOf } from '../domain/notice/letter.ts'
import type { NoticeSent } from '../domain/notice/sent.ts'
import type { ToTell } from '../domain/notice/thread.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { type MailMeans, sendLetter } from '../outside/mail/smtp.ts'
import type { Config, Organisation } from '../settings/config.ts'

export type ToSend = {
  readonly organisation: Organisation
  readonly visit: Visit
  readonly notice: ToTell
  readonly now: Instant
}
export type SendNotice = (one: ToSend) => Promise<NoticeSent>

export const byMail =
  ({ url, roomKey }: Pick<Config, 'url' | 'roomKey'>, means: MailMeans = {}): SendNotice =>
  async ({ organisation, visit, notice, now }) => {
    const { mail, phone, timeZone, languages } = organisation
    const { mail: to, reads } = visit.face
    if (mail === undefined || to === undefined) return { is: 'not-taken', why: 'no-address' }
    const { from } = mail
    const uid = calendarUid(roomKey, visit.id, new URL(url).hostname)
    const language = languageOn(languages, reads)
    const letter = letterOf(
      { ...notice, language },
      { from, phone, timeZone, uid, link: `${url}/launch.html` },
      to,
      now,
    )
    const [name] = uid.split('@')
    return sendLetter(mail, letter, { id: `${name}.${notice.sequence}`, from, url, now }, means)
  }
