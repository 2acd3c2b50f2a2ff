// The one door for mail (SMTP, RFC 5321): one letter to one person, once, and what came of it. Nothing is said to a server before TLS, whose
// certificate must be good for the name in the settings; the name is looked up once. Refuses an address within this machine unless it is for a trial.
// No error of it goes further than its code: a server's words have addresses in them.
import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { given } from '../../domain/given.ts'
import type { Instant } from '../../domain/ids.ts'
import type { FromClinic, PatientMail } from '../../domain/notice/letter.ts'
import type { NoticeSent, NotSent } from '../../domain/notice/sent.ts'
import { isLoopbackAddress, isPublicOrOwnAddress } from '../../settings/addresses.ts'
import type { MailSettings } from '../../settings/mail.ts'
import { InsideAddress, type NameLookUp, pinnedAddress } from '../pinned.ts'
import { sideBySide } from '../side-by-side.ts'

/** All of it, from the name to the server's last word. */
const timeoutMs = 30_000
const quietMs = 15_000
/** To one server at the same time. */
const mostAtOnce = 4

/** For a test: who looks names up, and whose certificates are believed. The machine's own unless told. */
export type MailMeans = { readonly lookUp?: NameLookUp; readonly ca?: string }

/** `id`: the same at every attempt, so that whoever gets it twice can tell. `url`: our own. */
export type Posting = {
  readonly id: string
  readonly from: FromClinic['from']
  readonly url: string
  readonly now: Instant
}

export async function sendLetter(
  mail: MailSettings,
  letter: PatientMail,
  { id, from, url, now }: Posting,
  means: MailMeans = {},
): Promise<NoticeSent> {
  const { hostname } = new URL(url)
  const { to, subject, text, html, calendar, language } = letter
  return overSmtp(mail, hostname, means, async (transport) => {
    const { response } = await transport.sendMail({
      // One recipient, whatever the message says: nodemailer's own reading of addresses is not asked.
      envelope: { from: mail.bounces ?? from.address, to: [to] },
      ...{ from, to: { name: '', address: to }, subject, text, html, date: new Date(now) },
      messageId: `<${id}@${hostname}>`,
      headers: {
        'Content-Language': language,
        // Whoever is away answers no machine (RFC 3834).
        ...{ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      },
      ...given({ icalEvent: calendar && { ...calendar, filename: 'invite.ics' } }),
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    return Number(String(response).slice(0, 3))
  })
}

/** Signs in and leaves again: nothing is sent. */
export const tryMailServer = (mail: MailSettings, url: string, means: MailMeans = {}): Promise<NoticeSent> =>
  overSmtp(mail, new URL(url).hostname, means, async (transport) => {
    await transport.verify()
    return 250
  })

type Transport = ReturnType<typeof transportTo>

async function overSmtp(
  mail: MailSettings,
  ownName: string,
  means: MailMeans,
  act: (transport: Transport) => Promise<number>,
): Promise<NoticeSent> {
  // It runs from now on, also while others have their turn.
  const signal = AbortSignal.timeout(timeoutMs)
  const work = async () => {
    const open = mail.loopback === true ? isLoopbackAddress : isPublicOrOwnAddress
    const address = await pinnedAddress(mail.host, { open, ...given({ lookUp: means.lookUp }) })
    const transport = transportTo(mail, { address, ownName, ca: means.ca })
    try {
      return await Promise.race([act(transport), whenOver(signal)])
    } finally {
      transport.close()
    }
  }
  try {
    return { is: 'taken', status: await turnAt(mail)(work, signal) }
  } catch (cause) {
    return { is: 'not-taken', ...whyNot(cause) }
  }
}

const turns = new Map<string, ReturnType<typeof sideBySide>>()

function turnAt({ host, port }: MailSettings): ReturnType<typeof sideBySide> {
  const name = `${host} ${port}`
  const turn = turns.get(name) ?? sideBySide(mostAtOnce)
  turns.set(name, turn)
  return turn
}

const whenOver = (signal: AbortSignal): Promise<never> =>
  new Promise((_done, fail) => {
    const over = () => fail(new DOMException('the time is over', 'TimeoutError'))
    if (signal.aborted) return over()
    signal.addEventListener('abort', over, { once: true })
  })

type Line = { readonly address: string; readonly ownName: string; readonly ca: string | undefined }

function transportTo({ host, port, tls, user, password }: MailSettings, { address, ownName, ca }: Line) {
  const servername = isIP(host) > 0 ? {} : { servername: host }
  return createTransport({
    ...{ host: address, port, name: ownName, logger: false, debug: false },
    ...{ secure: tls === 'first', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
    tls: { ...servername, host, minVersion: 'TLSv1.2', rejectUnauthorized: true, ...given({ ca }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: quietMs, greetingTimeout: quietMs, socketTimeout: quietMs, socketCloseTimeout: 0 },
    // A reply of a mail server has some lines.
    maxResponseSize: 64_000,
  })
}

type Why = { readonly why: NotSent; readonly status?: number }

function whyNot(cause: unknown): Why {
  if (cause instanceof InsideAddress) return { why: 'inside' }
  if (!(cause instanceof Error)) return { why: 'cut' }
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return { why: 'too-slow' }
  const { code = '', responseCode: status } = cause as { code?: string; responseCode?: number } // sound: both are looked at below
  const codes = codesUnder(cause)
  if (/CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL|ERR_TLS/.test(codes.join(' ')))
    return { why: 'certificate' }
  if (status !== undefined && status >= 400 && status < 600) return ofStatus(code, status)
  return { why: whyByCode.find(([name]) => codes.includes(name))?.[1] ?? 'cut' }
}

/** RFC 5321, 4.2.1: 4yz is for now, 5yz for good. That our own word is not taken is for us to mend, and says nothing of whom it is for. */
function ofStatus(code: string, status: number): Why {
  if (code === 'EAUTH' || code === 'ENOAUTH' || status === 530 || status === 535) return { why: 'login', status }
  if (code === 'ETLS') return { why: 'no-tls', status }
  return { why: status < 500 ? 'busy' : 'turned-down', status }
}

const whyByCode: readonly (readonly [code: string, why: NotSent])[] = [
  ['ETLS', 'no-tls'],
  ['EAUTH', 'login'],
  ['ENOAUTH', 'login'],
  ...(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'] as const).map((code) => [code, 'no-answer'] as const),
  ...(['ENOTFOUND', 'EAI_AGAIN', 'EDNS'] as const).map((code) => [code, 'unknown-host'] as const),
  ['ETIMEDOUT', 'too-slow'],
]

/** Nodemailer's own, and that of the socket under it. */
function codesUnder(cause: Error): readonly string[] {
  const { code, originalCode, cause: under } = cause as { code?: unknown; originalCode?: unknown; cause?: unknown } // sound: an error may have any
  return [String(code), String(originalCode), ...(under instanceof Error ? codesUnder(under) : [])]
}
