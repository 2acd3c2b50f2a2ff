// `npm run hooks -- try mail <organisation>`: shows the invitation to a made-up appointment as a patient of the organisation would get it, and sends it
// to whom one names, by the organisation's own mail server. Refuses an organisation that writes no mail, and what is no address.
import { randomBytes } from 'node:crypto'
import { organisationIn, Stop } from './control-client.ts'
import { ourLanguage } from './domain/ehr/languages.ts'
import type { VisitId } from './domain/ids.ts'
import { atClock, instantsOf, plus } from './domain/instant.ts'
import { isMailAddress } from './domain/notice/address.ts'
import { calendarUid } from './domain/notice/calendar.ts'
import { letterOf, type Notice, type PatientMail } from './domain/notice/letter.ts'
import type { NotSent } from './domain/notice/sent.ts'
import { sendLetter } from './outside/mail/smtp.ts'
import type { MailSettings } from './settings/mail.ts'

type Wish = { readonly to?: string; readonly language?: string }
const example = 'patient@mail.example'

export async function tryMail(id: string, wish: Wish): Promise<void> {
  const { config, organisation } = organisationIn(id)
  const { mail, phone, timeZone, languages } = organisation
  if (mail === undefined) throw new Stop(`${id} writes no mail. docs/integrate.md says how to set it up.`, { exit: 1 })
  const { to = example } = wish
  if (!isMailAddress(to)) throw new Stop('--to must be one plain address, such as you@example.org.')
  const now = instantsOf(Date.now)()
  const start = atClock(plus(now, 24 * 3_600), '10:00', timeZone)
  const language = languageOf(wish.language) ?? languages[0] ?? 'en'
  const notice: Notice = { kind: 'invitation', language, start, end: plus(start, 1_800), sequence: 0 }
  const test = `test${randomBytes(8).toString('hex')}`
  const link = `${config.url}/launch.html`
  const uid = calendarUid(config.roomKey, test as VisitId, new URL(config.url).hostname) // sound: of a visit that is none
  const letter = letterOf(notice, { from: mail.from, phone, timeZone, link, uid }, to, now)
  printLetter(letter, mail)
  if (wish.to === undefined) return console.log('Nothing was sent. With --to and your own address it is sent there.')
  const sent = await sendLetter(mail, letter, { id: test, from: mail.from, url: config.url, now })
  if (sent.is === 'taken') return console.log(`${mail.host} took it: answered ${sent.status}.`)
  const { status = 0 } = sent
  throw new Stop(
    `It was not taken. ${unsentWords[sent.why].replaceAll('STATUS', String(status)).replaceAll('HOST', `${mail.host}:${mail.port}`)}`,
    {
      exit: 1,
    },
  )
}

function languageOf(tag: string | undefined) {
  const language = tag === undefined ? undefined : ourLanguage(tag)
  if (tag !== undefined && language === undefined) throw new Stop(`There are no words of ours in "${tag}".`)
  return language
}

function printLetter({ to, subject, text, calendar }: PatientMail, { from, bounces }: MailSettings): void {
  const head = [
    `Envelope: from ${bounces ?? from.address} to ${to}`,
    `From:     ${from.name} <${from.address}>`,
    `Subject:  ${subject}`,
  ]
  console.log([...head, '', text, '', calendar?.content.replaceAll('\r\n', '\n') ?? ''].join('\n'))
}

const unsentWords: Readonly<Record<NotSent, string>> = {
  'no-address': 'There is no address to send it to.',
  'turned-down':
    'HOST answered STATUS: it will not deliver this. See whether the address is right, and whether "from" may send by this server.',
  busy: 'HOST answered STATUS: not now. The app would try again, later.',
  login: 'HOST does not take the user and the password (STATUS).',
  'no-tls': 'HOST offers no TLS. Nothing was sent: mail to patients goes out over TLS alone.',
  certificate:
    'The certificate of HOST is not trusted by this machine, has ended, or is for another name. Nothing was sent.',
  'too-slow': 'HOST did not answer in time.',
  'no-answer': 'Nobody listens at HOST, or something on the way lets nothing through.',
  cut: 'HOST ended the connection before it had answered.',
  'unknown-host': 'The name of HOST has no address here (DNS).',
  inside:
    'The name of HOST has an address of this machine, or of no network that mail goes to. Nothing was sent; for a trial on one machine set "loopback": true.',
  refused: 'HOST refused it (STATUS).',
  redirected: 'HOST sends us elsewhere (STATUS). Nobody is followed.',
  gone: 'HOST wants no more (STATUS).',
}
