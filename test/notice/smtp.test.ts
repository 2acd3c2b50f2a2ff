// One letter by SMTP: TLS before a word, a certificate that is checked, one recipient, and what came of it said by a word of a closed list.
import { createServer } from 'node:net'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { certificate } from '../../sandbox/certificate.ts'
import type { MailFault } from '../../sandbox/mail/faults.ts'
import { type MailServer, startMailServer } from '../../sandbox/mail/server.ts'
import { languages } from '../../server/domain/ehr/languages.ts'
import { instant } from '../../server/domain/instant.ts'
import { letterOf, type Notice } from '../../server/domain/notice/letter.ts'
import { type MailMeans, sendLetter, tryMailServer } from '../../server/outside/mail/smtp.ts'
import type { MailSettings } from '../../server/settings/mail.ts'

const dayMs = 24 * 3_600_000
const tls = certificate(new Date(Date.now() - dayMs), new Date(Date.now() + dayMs))
const login = { user: 'housecall', password: 'a word of the clinic’s' }
const url = 'https://visits.example'
const from = { name: 'Harbor "Bay"; FromClinic, Ñandú', address: 'visits@harbor.example' }
const clinic = {
  from,
  phone: '555-0100',
  timeZone: 'America/New_York',
  link: `${url}/launch.html`,
  uid: 'abc@visits.example',
}
const [now, start, end] = ['2026-11-30T10:00:00Z', '2026-12-01T19:00:00Z', '2026-12-01T19:30:00Z'].map((at) =>
  instant(Date.parse(at)),
)
const told = (more: Partial<Notice> = {}): Notice => ({
  ...{ kind: 'invitation', language: 'en', start: start ?? instant(0), end: end ?? instant(0), sequence: 0 },
  ...more,
})
const letter = (more: Partial<Notice> = {}) =>
  letterOf(told(more), clinic, 'm.chen+visits@mail.example', now ?? instant(0))

let server: MailServer
const begin = async (options: Parameters<typeof startMailServer>[0] = {}) => {
  server = await startMailServer({ tls, login, ...options })
  onTestFinished(() => server.close())
}
const settings = (more: Partial<MailSettings> = {}): MailSettings => ({
  ...{ host: 'localhost', port: server.port, tls: 'starttls', from, to: 'asked', loopback: true, ...login },
  ...more,
})
const means: MailMeans = { ca: tls.cert, lookUp: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) }
const send = (more: Partial<MailSettings> = {}, by: MailMeans = means) =>
  sendLetter(settings(more), letter(), { id: 'msg-1', from, url, now: now ?? instant(0) }, by)

describe('a letter', () => {
  test.each(languages)(
    'in %s comes as it was written, over TLS, and its calendar is one that calendars take',
    async (language) => {
      await begin()

      const { subject, text, html } = letter({ language })
      const sent = await sendLetter(
        settings({ bounces: 'bounces@harbor.example' }),
        letter({ language }),
        { id: 'msg-1', from, url, now: now ?? instant(0) },
        means,
      )

      expect([sent, server.wrong]).toEqual([{ is: 'taken', status: 250 }, []])
      const [mail] = server.taken
      expect(mail).toMatchObject({
        subject,
        language,
        from,
        to: 'm.chen+visits@mail.example',
        id: '<msg-1@visits.example>',
        isSecure: true,
      })
      expect(mail).toMatchObject({ sender: 'bounces@harbor.example', recipient: 'm.chen+visits@mail.example' })
      expect(mail?.text.trim()).toBe(text.trim())
      expect(mail?.html.trim()).toBe(html.trim())
      expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
      expect(mail?.calendar).toMatchObject({
        method: 'REQUEST',
        uid: 'abc@visits.example',
        sequence: 0,
        timeZone: 'America/New_York',
      })
      expect([mail?.calendar?.start, mail?.calendar?.end]).toEqual([Date.parse(start ?? ''), Date.parse(end ?? '')])
    },
  )

  test('goes out over TLS from the first byte where the server has it so', async () => {
    await begin({ offers: 'first' })

    expect(await send({ tls: 'first' })).toEqual({ is: 'taken', status: 250 })
    expect(server.taken[0]?.isSecure).toBe(true)
  })

  test('goes out in the clear where a trial says so, and nowhere else', async () => {
    server = await startMailServer()
    onTestFinished(() => server.close())

    const { user: _, password: __, ...nobody } = settings({ tls: 'none' })
    expect(await sendLetter(nobody, letter(), { id: 'msg-1', from, url, now: now ?? instant(0) }, means)).toEqual({
      is: 'taken',
      status: 250,
    })
    expect(await send()).toMatchObject({ is: 'not-taken', why: 'no-tls' })
  })
})

describe('nothing is sent', () => {
  test('where the offer of TLS was taken out on the way, and no password either', async () => {
    await begin({ offers: 'hidden' })

    expect(await send()).toMatchObject({ is: 'not-taken', why: 'no-tls' })
    expect([server.taken.length, server.signedIn()]).toEqual([0, 0])
  })

  test('to a server whose certificate is not trusted, or is for another name', async () => {
    await begin()

    const { ca: _, ...unknown } = means
    expect(await send({}, unknown)).toEqual({ is: 'not-taken', why: 'certificate' })
    expect(await send({ host: 'mail.localhost' })).toEqual({ is: 'not-taken', why: 'certificate' })
    expect([server.taken.length, server.signedIn()]).toEqual([0, 0])
  })

  test('to this machine unless it is for a trial, nor to neighbours with a cloud’s metadata, whatever a name says', async () => {
    await begin()

    const { loopback: _, ...real } = settings()
    const at = (address: string): MailMeans => ({
      ...means,
      lookUp: (_name, done) => done(null, [{ address, family: 4 }]),
    })
    const post = { id: 'msg-1', from, url, now: now ?? instant(0) }
    expect(await sendLetter(real, letter(), post, means)).toEqual({ is: 'not-taken', why: 'inside' })
    expect(await sendLetter(real, letter(), post, at('169.254.169.254'))).toEqual({ is: 'not-taken', why: 'inside' })
    expect(server.asked()).toBe(0)
  })
})

describe('what came of it', () => {
  test.each<[MailFault, object]>([
    ['mail-nobody', { is: 'not-taken', why: 'turned-down', status: 550 }],
    ['mail-busy', { is: 'not-taken', why: 'busy', status: 451 }],
    ['mail-refuses', { is: 'not-taken', why: 'turned-down', status: 554 }],
    ['mail-cut', { is: 'not-taken', why: 'cut' }],
  ])('with %s is %j', async (fault, came) => {
    await begin()
    server.faults.on(fault)

    expect(await send()).toEqual(came)
    expect(server.taken).toEqual([])
  })

  test('is that the password is wrong, where it is', async () => {
    await begin()

    expect(await send({ password: 'another' })).toEqual({ is: 'not-taken', why: 'login', status: 535 })
  })

  test('is that nobody listens there, or that the name has no address', async () => {
    await begin()
    const free = createServer()
    await new Promise<void>((done) => free.listen(0, '127.0.0.1', done))
    const { port } = free.address() as { port: number } // sound: it listens on a port
    await new Promise((done) => free.close(done))

    expect(await send({ port })).toEqual({ is: 'not-taken', why: 'no-answer' })
    expect(await send({}, { ...means, lookUp: (_name, done) => done(null, []) })).toEqual({
      is: 'not-taken',
      why: 'unknown-host',
    })
  })

  test('of looking whether one may sign in is said in the same words, and nothing is sent by it', async () => {
    await begin()

    expect(await tryMailServer(settings(), url, means)).toEqual({ is: 'taken', status: 250 })
    expect(await tryMailServer(settings({ password: 'another' }), url, means)).toMatchObject({ why: 'login' })
    expect([server.taken.length, server.signedIn()]).toEqual([0, 1])
  })
})

afterEach(() => expect(server.wrong).toEqual([]))
