// A signed note on its way to the chart: how often and when a page sends it again by itself, and what is said meanwhile.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/problem-words.ts'
import { learn } from '../../client/base/remedies.ts'
import { aheadMs } from '../../client/base/server-time.ts'
import { retryIn, retryLater } from '../../client/note/filing.ts'
import { type Keeper, openNote } from '../../client/note/keeper.ts'
import { filingSentence } from '../../client/note/sentences.ts'
import type { FilingView, Instant, NoteView } from '../../server/wire/wire.ts'

learn({ ...problemRemedies, ...chartRemedies })

const instant = (text: string) => text as Instant // sound: what a test calls an instant is one
const busy = (at: string, retryAt: string): FilingView => ({
  ...{ state: 'not-filed', why: 'ehr-busy' },
  ...{ at: instant(at), retryAt: instant(retryAt) },
})
const final = (filing: FilingView, signedAt = '2026-03-02T15:00:00.000Z'): NoteView => ({
  ...{ version: 1, soap: { subjective: 'a', objective: '', assessment: '', plan: '' } },
  sign: { docStatus: 'final', signedAt: instant(signedAt), signedBy: 'Dr. Ruiz' },
  filing,
})
const asked = busy('2026-03-02T15:00:00.000Z', '2026-03-02T15:01:00.000Z')

describe('a note a busy EHR did not take', () => {
  let note: NoteView
  let attempts: number
  let paths = 0
  beforeEach(() => {
    vi.useFakeTimers()
    // What another file's answers told of the time is nothing to these.
    aheadMs.value = 0
    const target = { addEventListener: () => undefined, removeEventListener: () => undefined }
    vi.stubGlobal('window', target)
    vi.stubGlobal('document', { ...target, visibilityState: 'visible' })
    note = final(asked)
    attempts = 0
    vi.stubGlobal('fetch', async (_path: string, { method }: RequestInit) => {
      if (method === 'POST')
        note = { ...note, filing: busy(`2026-03-02T16:0${++attempts}:00.000Z`, '2026-03-02T16:09:00.000Z') }
      return new Response(JSON.stringify(note), { headers: { 'Content-Type': 'application/json' } })
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  const opened = async (): Promise<Keeper> => {
    const keeper = await openNote(`/signed/${++paths}`)
    if ('code' in keeper) throw new Error('the note did not open')
    return keeper
  }

  it.each(['2026-03-02T15:00:00Z', '2026-03-02T23:00:00Z', '2020-01-01T00:00:00Z'])(
    'is sent again once by itself, after the pause the EHR asked for, where the browser’s clock says %s',
    async (clock) => {
      vi.setSystemTime(Date.parse(clock))
      const keeper = await opened()
      retryLater(keeper)

      await vi.advanceTimersByTimeAsync(59_999)
      expect(attempts).toBe(0)
      await vi.advanceTimersByTimeAsync(1)
      expect(attempts).toBe(1)
      expect(retryIn(keeper)).toBeUndefined()
      retryLater(keeper)
      await vi.advanceTimersByTimeAsync(24 * 3600_000)
      expect(attempts).toBe(1)
      keeper.stop()
    },
  )

  it('is sent again once more when it was signed anew', async () => {
    const keeper = await opened()
    retryLater(keeper)
    await vi.advanceTimersByTimeAsync(60_000)

    keeper.put(final(asked, '2026-03-02T17:00:00.000Z'))

    expect(retryIn(keeper)).toBe(60_000)
    keeper.stop()
  })

  it('is left alone for half a minute at least, and for good when the EHR names another month', async () => {
    const keeper = await opened()
    const after = (retryAt: string) => {
      keeper.put(final(busy('2026-03-02T15:00:00.000Z', retryAt)))
      return retryIn(keeper)
    }

    expect(['2026-03-02T15:00:00.000Z', '2026-03-02T14:00:00.000Z', '2026-03-02T15:02:00.000Z'].map(after)).toEqual([
      ...[30_000, 30_000, 120_000],
    ])
    expect(after('2026-05-02T15:00:00.000Z')).toBeUndefined()
    keeper.put(final({ state: 'unfiled' }))
    expect(retryIn(keeper)).toBeUndefined()
    keeper.stop()
  })

  it('is not sent by itself while somebody sends it, or once the page turned to something else', async () => {
    const keeper = await opened()
    keeper.work.value = { at: 'busy' }
    retryLater(keeper)
    await vi.advanceTimersByTimeAsync(60_000)
    keeper.work.value = { at: 'idle' }
    const stop = retryLater(keeper)
    stop?.()
    await vi.advanceTimersByTimeAsync(60_000)

    expect(attempts).toBe(0)
    keeper.stop()
  })
})

describe('an amendment that is signed and not filed', () => {
  const words = (filing: FilingView) =>
    filingSentence(
      { filing, amends: { signedAt: instant('2026-03-02T15:42:00.000Z'), signedBy: 'Dr. Ruiz' } },
      true,
      'America/New_York',
    )
  const still = /the chart still has the text signed at 10:42.* Monday/i

  it('is never said to be missing from a chart that has the text of before', () => {
    const at = instant('2026-03-02T16:00:00.000Z')
    const states: FilingView[] = [{ state: 'unfiled' }, { state: 'unknown', at }, asked]

    for (const said of states.map(words)) {
      expect(said).toMatch(still)
      expect(said).not.toMatch(/note is not in the chart/i)
    }
    expect(words(asked)).toContain('The health record system is busy.')
  })

  it('is in the chart once it is filed', () => {
    const at = instant('2026-03-02T16:00:00.000Z')

    expect(words({ state: 'filed', at, documentReference: 'DocumentReference/d', appointment: 'left' })).toBe(
      'The note is in the chart.',
    )
  })
})
