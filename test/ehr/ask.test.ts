// The one door to other systems: nobody is followed, no more is read than was told, nobody is waited for without end, and what goes out
// goes out once.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ask, isGarbled, jsonOf, neverSent, textOf, Unreadable } from '../../server/outside/ask.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'

type Crooked = Awaited<ReturnType<typeof startCrookedEhr>>
type Answering = NonNullable<Crooked['said']['takeOver']>
let crooked: Crooked
let elsewhere: Awaited<ReturnType<typeof startListener>>
beforeAll(async () => {
  ;[crooked, elsewhere] = await Promise.all([startCrookedEhr(), startListener()])
})
beforeEach(() => void crooked.heard.splice(0))
afterAll(async () => {
  await Promise.all([crooked.close(), elsewhere.close()])
})

const patient = { mostBytes: 100_000, timeoutMs: 20_000 }
/** Whatever it is asked, it answers so. */
const answers = (answer: (response: Parameters<Answering>[2]) => void) => {
  crooked.said.takeOver = (_path, _request, response) => {
    answer(response)
    return true
  }
}
const asked = (body?: string) =>
  ask(`${crooked.iss}/Patient/p`, { ...patient, ...(body === undefined ? {} : { method: 'POST', body }) })

describe('the door to other systems', () => {
  test.each([301, 302, 303, 307, 308])('takes a %i for an answer, and goes nowhere', async (status) => {
    answers((response) => response.writeHead(status, { location: `${elsewhere.origin}/fhir` }).end())

    expect((await asked()).status).toBe(status)

    expect(elsewhere.heard).toEqual([])
  })

  test.each([421, 401, 408, 425, 503])('sends what it says once, whatever comes back: %i', async (status) => {
    answers((response) => response.writeHead(status, { 'retry-after': '0', 'www-authenticate': 'Basic' }).end())

    expect((await asked('{"kept":"once"}')).status).toBe(status)

    expect(crooked.heard).toHaveLength(1)
  })

  test('says how long its question is, in bytes', async () => {
    let [length, text] = ['', '']
    crooked.said.takeOver = (_path, request, response) => {
      length = String(request.headers['content-length'])
      request.on('data', (part) => {
        text += String(part)
      })
      request.on('end', () => response.end())
      return true
    }

    await asked('{"name":"José"}')

    expect([length, text]).toEqual(['16', '{"name":"José"}'])
  })

  test.each([
    'file:///etc/passwd',
    'data:application/json,{}',
    'blob:nodedata:1',
    'ftp://ehr.example/x',
    'https://name:word@ehr.example/',
    'https://name@ehr.example/',
  ])('does not open to %s', async (url) => {
    const cause: unknown = await ask(url, patient).catch((cause: unknown) => cause)

    expect([cause instanceof Error, neverSent(cause)]).toEqual([true, true])
  })
})

const zeros = Buffer.alloc(60_000_000)
const endless = (response: Parameters<Answering>[2]) => {
  response.writeHead(200)
  const more = () => {
    while (response.writable && response.write('x'.repeat(16_000)));
    if (response.writable) response.once('drain', more)
  }
  more()
}

describe('an answer', () => {
  test.each<[string, (response: Parameters<Answering>[2]) => void]>([
    ['packed by gzip', (r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(zeros))],
    [
      'packed by brotli',
      (r) =>
        r
          .writeHead(200, { 'content-encoding': 'br' })
          .end(brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
    ],
    ['packed twice', (r) => r.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync(zeros)))],
    ['that never ends', endless],
    ['whose length is a lie', (r) => r.writeHead(200, { 'content-length': '900000000' }).write(zeros)],
    ['of an error, too', (r) => r.writeHead(500).end(zeros)],
  ])('%s is read no further than told', async (_what, answer) => {
    answers(answer)

    const { body } = await asked()

    expect(body).toMatchObject({ why: 'too-large' })
  })

  test('that comes drop by drop ends with the time it was given', async () => {
    const clock = new AbortController()
    const timing = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    onTestFinished(() => timing.mockRestore())
    answers((response) => {
      let drops = 0
      response.writeHead(200, { 'content-type': 'application/json' })
      const dripping = setInterval(() => {
        response.write(' ')
        if (++drops === 5) clock.abort(new DOMException('late', 'TimeoutError'))
      }, 20)
      response.once('close', () => clearInterval(dripping))
    })

    const { status, body } = await asked()

    expect([status, timing.mock.calls]).toEqual([200, [[patient.timeoutMs]]])
    expect(body).toMatchObject({ why: 'cut', cause: { name: 'TimeoutError' } })
  })

  test('that never begins ends with the time it was given', async () => {
    answers(() => undefined)

    await expect(ask(`${crooked.iss}/Patient/p`, { mostBytes: 1, timeoutMs: 100 })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })

  test.each<[string, (response: Parameters<Answering>[2]) => void, string]>([
    [
      'broken off',
      (r) => r.writeHead(200, { 'content-length': '100' }).write('{"a":') && r.socket?.destroySoon(),
      'cut',
    ],
    ['called gzip, and not', (r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end('{"a":1}'), 'garbled'],
    ['called brotli, and not', (r) => r.writeHead(200, { 'content-encoding': 'br' }).end('{"a":1}'), 'garbled'],
    [
      'in pieces that say no length',
      (r) => r.socket?.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{"a":1}'),
      'garbled',
    ],
  ])('%s is known to be', async (_what, answer, why) => {
    answers(answer)

    expect(() => textOf({ status: 200, headers: new Headers(), body: new Unreadable('cut') })).toThrow('cut')
    expect((await asked()).body).toMatchObject({ why })
  })

  test.each([
    ['is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', true],
    ['has a head that never ends', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`, true],
    ['is cut within its head', 'HTTP/1.1 200 OK\r\ncontent-le', false],
    ['is nothing', '', false],
  ])('that %s is told from one that never came', async (_what, bytes, garbled) => {
    answers((response) => void response.socket?.end(bytes))

    const cause: unknown = await asked().catch((cause: unknown) => cause)

    expect([cause instanceof Error, isGarbled(cause), neverSent(cause)]).toEqual([true, garbled, false])
  })
})

const of = (body: string | Uint8Array) => ({ status: 200, headers: new Headers(), body: Buffer.from(body) })
const whyNot = (body: string | Uint8Array) => {
  try {
    return jsonOf(of(body))
  } catch (cause) {
    return cause instanceof Unreadable ? cause.why : cause
  }
}

describe('JSON of another system', () => {
  test.each([
    ['is read', '{"a":[1,{"b":"[[[["}]}', { a: [1, { b: '[[[[' }] }],
    ['with a mark of its byte order is read', '\u{feff}{}', {}],
    ['with quotes in its text is read', String.raw`{"a":"\"[\\","b":"\\\""}`, { a: '"[\\', b: '\\"' }],
  ])('that %s', (_what, body, read) => {
    expect(whyNot(body)).toEqual(read)
  })

  test.each([
    ['nothing', ''],
    ['a page', '<html>'],
    ['half of it', '{"a":'],
    [
      'no UTF-8, which would be kept and written back as other signs',
      Uint8Array.of(0x22, 0x4a, 0x6f, 0x73, 0xe9, 0x22),
    ],
    ['lists in lists', '['.repeat(2_000_000)],
    ['objects in objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`],
  ])('that is %s is garbled', (_what, body) => {
    expect(whyNot(body)).toBe('garbled')
  })

  test('that has millions of things in it is too large, before anything is made of it', () => {
    expect(whyNot(`[${'{},'.repeat(1_000_000)}{}]`)).toBe('too-large')
    expect(whyNot(`[${'1,'.repeat(1_000_000)}1]`)).toBe('too-large')
  })

  test('is as deep as it likes within a text', () => {
    expect(whyNot(`"${'['.repeat(1000)}"`)).toHaveLength(1000)
  })
})
