// A page that the server has asked to wait does wait: what it asks by itself goes out again when it may, and a note goes out all the same.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { outcome } from '../../server/domain/errors.ts'

describe('a page that was told “too many”', () => {
  let ask: typeof import('../../client/base/api.ts').ask
  const sent: string[] = []
  let answers: (() => Response)[] = []
  const tooMany = (retryAfter: string | undefined) => () =>
    new Response(JSON.stringify(outcome({ code: 'too-many' })), {
      status: 429,
      headers: {
        'content-type': 'application/fhir+json',
        ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      },
    })
  const well = () => new Response('{}', { headers: { 'content-type': 'application/json' } })

  beforeEach(async () => {
    vi.useFakeTimers()
    vi.resetModules()
    sent.length = 0
    answers = []
    vi.stubGlobal('fetch', async (path: string, { method = 'GET' }: RequestInit) => {
      sent.push(`${method} ${path}`)
      return (answers.shift() ?? well)()
    })
    ask = (await import('../../client/base/api.ts')).ask
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    // Files share a worker's modules: a page that waits is left to none that comes after.
    vi.resetModules()
  })

  const codeOf = async (path: string, asked: Parameters<typeof ask>[1] = {}) => {
    const answer = await ask(path, asked)
    return answer.ok ? 'ok' : answer.problem.code
  }
  const beat = { method: 'POST', body: {} } as const

  test('sends nothing of the kind until it may, and says the same meanwhile', async () => {
    answers = [tooMany('20')]
    expect(await codeOf('/presence', beat)).toBe('too-many')

    for (let n = 0; n < 3; n++) {
      await vi.advanceTimersByTimeAsync(5_000)
      expect(await codeOf('/presence', beat)).toBe('too-many')
    }
    expect(sent).toEqual(['POST /presence'])

    await vi.advanceTimersByTimeAsync(5_000)
    expect(await codeOf('/presence', beat)).toBe('ok')
  })

  test('goes on looking, and sends a note all the same', async () => {
    answers = [tooMany('60')]
    await codeOf('/presence', beat)

    expect(await codeOf('/visit')).toBe('ok')
    expect(await codeOf('/note', { method: 'PUT', body: {}, keepalive: true })).toBe('ok')
    expect(sent).toEqual(['POST /presence', 'GET /visit', 'PUT /note'])
  })

  test.each(['86400', '-5', 'soon', undefined])(
    'waits a minute at most, whatever it was told: %s',
    async (retryAfter) => {
      answers = [tooMany(retryAfter)]
      await codeOf('/visit')
      expect(await codeOf('/visit')).toBe('too-many')

      await vi.advanceTimersByTimeAsync(60_000)

      expect(await codeOf('/visit')).toBe('ok')
    },
  )

  test('waits for nothing once the clock was put back: it would be for hours', async () => {
    answers = [tooMany('60')]
    await codeOf('/visit')

    vi.setSystemTime(Date.now() - 3600_000)

    expect(await codeOf('/visit')).toBe('ok')
  })
})
