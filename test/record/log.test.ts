// The log says only what is on its lists: no name, no token, no message of an error.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRecord } from '../../server/outside/record/record.ts'
import { programRuns } from '../support/command.ts'
import { linesOf, outside, ownRecorder } from './recorder.ts'

const own = ownRecorder()

describe('the log', () => {
  test('is one line of JSON an event, with its time and fields', async () => {
    const { log, close } = await own.opened()

    log.info('request', {
      method: 'POST',
      route: '/v/:launch/api/visits/:visit/room-tokens',
      status: 403,
      ms: 4.06,
      code: 'not-admitted',
    })

    expect(linesOf(own.logged).at(-1)).toEqual({
      level: 'info',
      at: own.time,
      event: 'request',
      method: 'POST',
      route: '/v/:launch/api/visits/:visit/room-tokens',
      status: 403,
      ms: 4.1,
      code: 'not-admitted',
    })
    await close()
  })

  test('drops at run time every field and value that is not on its list', async () => {
    const { log, close } = await own.opened()

    log.warn(
      'refusal',
      outside({
        patientName: 'Margarethe',
        code: 'Margarethe Müller',
        route: '/v/8Zb3kQ/api/visits/4Tz',
        role: 'Margarethe',
        status: '200 Margarethe',
        method: 'POST Margarethe',
        organisation: { name: 'Margarethe' },
        visit: 'Margarethe Müller',
        count: -1,
      }),
    )

    expect(linesOf(own.logged).at(-1)).toEqual({ level: 'warn', at: own.time, event: 'refusal' })
    await close()
  })

  test('calls an event it does not know a fault', async () => {
    const { log, close } = await own.opened()

    log.info('Margarethe called' as 'request')

    expect(linesOf(own.logged).at(-1)).toEqual({ level: 'info', at: own.time, event: 'fault' })
    await close()
  })

  test('says of an error its class, code and places, down to its cause, and never its message', async () => {
    const { log, close } = await own.opened()
    const inner = Object.assign(new TypeError('token eyJ of Margarethe'), { code: 'ECONNREFUSED' })
    const outer = new Error('Margarethe\n    at Margarethe (/home/margarethe/chart.ts:19:57)\nborn 1957', {
      cause: inner,
    })

    log.error('fault', { status: 500 }, outer)

    expect(own.logged).not.toMatch(/margarethe|eyJ|1957/i)
    expect(linesOf(own.logged).at(-1)).toMatchObject({
      level: 'error',
      event: 'fault',
      status: 500,
      fault: {
        name: 'Error',
        frames: expect.arrayContaining([expect.stringMatching(/test\/record\/log\.test\.ts:\d+$/)]),
        cause: { name: 'TypeError', code: 'ECONNREFUSED' },
      },
    })
    await close()
  })

  test.each([
    ['a text', 'Margarethe'],
    ['nothing', null],
    ['a text as name', Object.assign(new Error(), { name: 'Margarethe Müller' })],
  ])('takes %s for a cause without repeating it', async (_, cause) => {
    const { log, close } = await own.opened()

    log.error('fault', {}, cause)

    expect(own.logged).not.toContain('Margarethe')
    expect(linesOf(own.logged).at(-1)).toHaveProperty('fault.name')
    await close()
  })

  test('is silent below its level', async () => {
    const { log, close } = await own.opened('error')

    log.info('ready')
    log.warn('refusal')

    expect(own.logged).toBe('')
    await close()
  })

  test('may be a file, for this user alone', async () => {
    const path = join(own.directory, 'log', 'housecall.jsonl')
    const { log, close } = await openRecord({
      level: 'info',
      destination: path,
      auditDirectory: own.directory,
      now: () => own.time,
    })

    log.info('ready', { port: 8080 })
    await close()

    expect(linesOf(await readFile(path, 'utf8')).map(({ event }) => event)).toEqual([
      'audit-head',
      'ready',
      'audit-head',
    ])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['ends by a fault', 'throw new Error()'],
    ['is ended', 'process.exit(0)'],
    ['has nothing more to do', ''],
  ])('has said everything on standard output, once, when the process %s', async (_, end) => {
    const record = new URL('../../server/outside/record/record.ts', import.meta.url)
    const lines = `log.info('ready', { count: 1 }); log.warn('refusal', { count: 2 }); log.info('request', { count: 3 })`
    const code = `
      const { openRecord } = await import('${record}')
      const { log } = await openRecord({ level: 'info', auditDirectory: '${own.directory}', now: () => '${own.time}' })
      ${lines}
      ${end}`

    const { out } = await programRuns(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code])

    const said = linesOf(out).map(({ event }) => event)
    expect(said.toSorted()).toEqual(['audit-head', 'ready', 'refusal', 'request'])
  })
})
