// The audit trail keeps order, survives crashes, and shows every alteration.
import { appendFile, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AuditEntry } from '../../server/outside/record/audit.ts'
import { verifyAudit } from '../../server/outside/record/audit-chain.ts'
import { linesOf, outside, ownRecorder } from './recorder.ts'

const own = ownRecorder()
const admit: AuditEntry = {
  event: 'admit',
  outcome: 'success',
  organisation: 'north-clinic',
  visit: 'visit-1',
  who: 'Practitioner/123',
  role: 'clinician',
  doorId: 'door-7',
}
const of = (who: number): AuditEntry => ({ ...admit, who: `Practitioner/${who}` })

describe('the audit trail', () => {
  test('keeps an entry with its time, for this user alone', async () => {
    const { audit, close } = await own.opened()

    await audit(admit)

    const [line] = linesOf(await readFile(own.book(), 'utf8'))
    expect(line).toEqual({ seq: 1, at: own.time, ...admit, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await stat(own.book())).mode & 0o777).toBe(0o600)
    expect((await stat(own.directory)).mode & 0o777).toBe(0o700)
    await close()
  })

  test('goes on after lines from before requests had numbers, and all of it is checked', async () => {
    const { audit, close } = await own.opened()
    await audit(of(1))
    await audit({ ...of(2), requestId: '4f2a91bc-07de', addressHash: '0123456789abcdef' })
    const stranger = { requestId: 'of a stranger', addressHash: '203.0.113.7' }
    await expect(audit({ ...of(3), ...stranger })).rejects.toThrow(z.ZodError)
    await close()

    const [old, numbered] = linesOf(await readFile(own.book(), 'utf8'))
    expect([Object.keys(old ?? {}).includes('requestId'), numbered]).toMatchObject([
      false,
      { requestId: '4f2a91bc-07de', addressHash: '0123456789abcdef' },
    ])
    expect(await verifyAudit(own.directory)).toEqual({ lines: 2, from: 1, intact: true })
  })

  test('refuses names, birth dates, free text and references it does not know', async () => {
    const { audit, close } = await own.opened()

    for (const more of [
      { name: 'Margarethe' },
      { birthDate: '1957-04-01' },
      { code: 'She said no' },
      { who: 'Margarethe Müller' },
      { patient: 'https://ehr.example/Patient/1' },
      { visit: undefined },
    ])
      await expect(audit(outside({ ...admit, ...more }))).rejects.toThrow(z.ZodError)

    await close()
    expect(await readdir(own.directory)).toEqual([])
  })

  test('keeps five thousand entries of one moment in their order', async () => {
    const { audit, close } = await own.opened()

    const all = Array.from({ length: 5_000 }, (_, n) => audit({ ...of(n), event: n % 2 ? 'admit' : 'room-token' }))
    await Promise.all(all)
    await close()

    const lines = linesOf(await readFile(own.book(), 'utf8'))
    expect(lines.map(({ who }) => who)).toEqual(Array.from({ length: 5_000 }, (_, n) => `Practitioner/${n}`))
    expect(await verifyAudit(own.directory)).toEqual({ lines: 5_000, from: 1, intact: true })
  })

  test('goes on after a restart and into a new month, also when the clock is set back', async () => {
    for (const [n, at] of [
      '2026-03-31T23:59:59.999Z',
      '2026-04-01T00:00:00.000Z',
      '2026-03-31T23:00:00.000Z',
    ].entries()) {
      own.time = at
      const { audit, close } = await own.opened()
      await audit(of(n))
      await audit(of(n))
      await close()
    }

    expect(linesOf(await readFile(own.book('2026-03'), 'utf8')).map(({ seq }) => seq)).toEqual([1, 2])
    expect(linesOf(await readFile(own.book('2026-04'), 'utf8')).map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
    expect(await verifyAudit(own.directory)).toEqual({ lines: 6, from: 1, intact: true })
  })

  test('waits at its end for what is being written, and refuses what comes later', async () => {
    const { audit, close } = await own.opened()
    const first = audit(of(1))

    await close()
    const [late] = await Promise.allSettled([audit(of(2))])

    await first
    expect(late?.status).toBe('rejected')
    expect(linesOf(await readFile(own.book(), 'utf8'))).toHaveLength(1)
  })

  test('tells its end to the log, so that lines cut off there would show', async () => {
    const { audit, close } = await own.opened()
    await audit(of(1))
    await close()

    const last = linesOf(await readFile(own.book(), 'utf8')).at(-1)
    expect(linesOf(own.logged).at(-1)).toMatchObject({ event: 'audit-head', count: 1, head: last?.hash })
  })
})

describe('an audit trail that a crash cut short', () => {
  test.each([
    ['in its first line', 40],
    ['in a later line', 700],
  ])('%s goes on after its last whole line', async (_, bytes) => {
    const before = await own.opened()
    for (const n of [1, 2, 3, 4]) await before.audit(of(n))
    await before.close()
    await truncate(own.book(), bytes)
    const whole = await verifyAudit(own.directory)

    const { audit, close } = await own.opened()
    await audit(of(5))
    await close()

    expect(whole.intact).toBe(true)
    expect(await verifyAudit(own.directory)).toEqual({ lines: whole.lines + 1, from: 1, intact: true })
    expect(linesOf(own.logged).map(({ event }) => event)).toContain('audit-torn')
  })

  test('in the first line of a month goes on from the month before', async () => {
    const before = await own.opened()
    await before.audit(of(1))
    await before.close()
    await writeFile(own.book('2026-04'), '{"seq":2,"at"')

    const { audit, close } = await own.opened()
    await audit(of(2))
    await close()

    expect(await verifyAudit(own.directory)).toEqual({ lines: 2, from: 1, intact: true })
  })
})

describe('an audit trail that somebody altered', () => {
  const tampered = async (change: (lines: string[]) => string[]) => {
    const { audit, close } = await own.opened()
    await Promise.all([1, 2, 3, 4].map((n) => audit(of(n))))
    await close()
    const lines = (await readFile(own.book(), 'utf8')).split('\n')
    await writeFile(own.book(), change(lines).join('\n'))
    return verifyAudit(own.directory)
  }

  test.each<[string, number, (lines: string[]) => string[]]>([
    ['a changed word', 2, (lines) => lines.map((line, n) => (n === 1 ? line.replace('admit', 'refuse') : line))],
    ['a changed hash', 2, (lines) => lines.map((line, n) => (n === 1 ? line.replace(/.{8}"}$/, '00000000"}') : line))],
    ['a removed line', 2, (lines) => lines.toSpliced(1, 1)],
    ['a repeated line', 3, (lines) => lines.toSpliced(1, 0, lines[1] ?? '')],
    ['lines that changed places', 1, ([a = '', b = '', ...rest]) => [b, a, ...rest]],
    ['a line that is none', 4, (lines) => lines.toSpliced(3, 0, 'nothing happened')],
  ])('is found out by %s', async (_, line, change) => {
    const verdict = await tampered(change)

    expect(verdict).toMatchObject({ intact: false, brokenAt: expect.stringContaining('audit-2026-03.jsonl') })
    // Swapped, the first line stands as the start of a shortened trail: the second one shows it.
    expect(Number(verdict.brokenAt?.split(':')[1]) - line).toBeOneOf([0, 1])
  })

  test('stays found out when the app has gone on with it', async () => {
    await tampered((lines) => lines.toSpliced(4, 1, 'nothing happened', ''))
    const { audit, close } = await own.opened()
    await audit(of(5))
    await close()

    expect(await verifyAudit(own.directory)).toMatchObject({
      lines: 4,
      intact: false,
      brokenAt: 'audit-2026-03.jsonl:5',
    })
  })

  test('may lose its oldest months, and says where it begins', async () => {
    const march = await own.opened()
    await march.audit(of(1))
    await march.close()
    own.time = '2026-04-01T00:00:00.000Z'
    const april = await own.opened()
    await april.audit(of(2))
    await april.audit(of(3))
    await april.close()
    await rm(own.book('2026-03'))

    expect(await verifyAudit(own.directory)).toEqual({ lines: 2, from: 2, intact: true })
  })

  test('that is no trail at all is not written into', async () => {
    await appendFile(own.book(), 'x'.repeat(100_000))

    await expect(own.opened()).rejects.toThrow('audit-2026-03.jsonl is not an audit trail')

    expect((await stat(own.book())).size).toBe(100_000)
  })
})
