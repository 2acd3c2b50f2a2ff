// Whether an organisation's mail can go out: its server's name, TLS, its certificate, and that we may sign in. Sends nothing; `npm run hooks -- try mail`
// sends a mail.
import type { NotSent } from '../server/domain/notice/sent.ts'
import { type MailMeans, tryMailServer } from '../server/outside/mail/smtp.ts'
import type { Config, Organisation } from '../server/settings/config.ts'
import { about, type Finding, ofUs } from './finding.ts'

/** None where the organisation writes no mail. */
export async function examineMail(
  { url }: Config,
  { id, mail }: Organisation,
  means?: MailMeans,
): Promise<readonly Finding[]> {
  if (mail === undefined) return []
  const { ok, warning } = about('mail', `SMTP at ${mail.host}:${mail.port}`)
  const sent = await tryMailServer(mail, url, means)
  if (sent.is === 'not-taken')
    return [
      warning(`No mail reaches patients: ${whyNot[sent.why] ?? 'the mail server did not answer as one'}.`, {
        ask: ofUs(`Mend "mail" in the settings, then: npm run hooks -- try mail ${id}`),
      }),
    ]
  if (mail.loopback === true)
    return [
      warning('The mail server is of this machine alone, for a trial.', {
        ask: ofUs('Set the clinic’s own mail server, and take "loopback" out.'),
      }),
    ]
  const signed = mail.user === undefined ? '' : ', and lets us sign in'
  return [ok(`The mail server answers over TLS${signed}; whether mail arrives was not tried.`)]
}

const whyNot: Readonly<Partial<Record<NotSent, string>>> = {
  login: 'the mail server does not take the user and the password',
  'no-tls': 'the mail server offers no TLS',
  certificate: 'the mail server’s certificate is not trusted, has ended, or is for another name',
  'too-slow': 'the mail server did not answer in time',
  'no-answer': 'nobody listens where the mail server should be',
  'unknown-host': 'the mail server’s name has no address here',
  inside: 'the mail server’s name means this machine, or no network that mail goes to',
  busy: 'the mail server is busy',
}
