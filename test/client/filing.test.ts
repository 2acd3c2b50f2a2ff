// A signed note on its way to the chart: how often and when a page sends it again by itself, and what is said meanwhile.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { learn } from '../../client/base/remedies.ts'
import { aheadMs } from '../../client/base/server-time.ts'
import { lookIn, lookLater, retryIn, retryLater, sendToChart } from '../../client/note/filing.ts'
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

describe('a note that may be in the chart', () => {
  const unknown = final({ state: 'unknown', at: instant('2026-03-02T15:00:00.000Z') })
  let asked: unknown[]
  let answer: () => Response
  let visible: 'visible' | 'hidden'
  let turned: (() => void)[]
  let keeper: Keeper
  let paths = 0
  const json = (body: object, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
  const refused = (code: string, look?: string) => () =>
    json(
      {
        issue: [{ details: { coding: [{ code }] } }],
        ...(look && { extension: [{ url: 'https://housecall.example/look', valueCode: look }] }),
      },
      409,
    )
  beforeEach(async () => {
    vi.useFakeTimers()
    ;[aheadMs.value, asked, turned, visible, answer] = [
      0,
      [],
      [],
      'visible',
      refused('filing-unknown', 'not-there-yet'),
    ]
    vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined })
    vi.stubGlobal('document', {
      addEventListener: (_name: string, heard: () => void) => turned.push(heard),
      removeEventListener: (_name: string, heard: () => void) => {
        turned = turned.filter((one) => one !== heard)
      },
      get visibilityState() {
        return visible
      },
    })
    vi.stubGlobal('fetch', async (_path: string, { method, body }: RequestInit) => {
      if (method !== 'POST') return json(unknown)
      asked.push(JSON.parse(String(body)))
      return answer()
    })
    const opened = await openNote(`/unknown/${++paths}`)
    if ('code' in opened) throw new Error('the note did not open')
    keeper = opened
  })
  afterEach(() => {
    keeper.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  /** As the page does: called off and begun anew after each. */
  async function page(seconds: number): Promise<() => void> {
    let stop = lookLater(keeper)
    const unhook = keeper.work.subscribe(() => {
      stop?.()
      stop = lookLater(keeper)
    })
    await vi.advanceTimersByTimeAsync(seconds * 1000)
    return () => {
      stop?.()
      unhook()
    }
  }

  it('is looked for by the page itself, with growing pauses and not for ever, and never sent by that', async () => {
    const stop = await page(10)
    expect(asked).toEqual([{ onlyLook: true }])
    expect(lookIn(keeper)).toBe(20)
    expect(keeper.work.value).toMatchObject({ byItself: true, problem: { look: 'not-there-yet' } })
    await vi.advanceTimersByTimeAsync(19_000)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(24 * 3600_000)
    stop()

    expect(asked).toEqual(Array(9).fill({ onlyLook: true }))
    expect(lookIn(keeper)).toBeUndefined()
  })

  it('is found by that once the health record system is back', async () => {
    answer = refused('ehr-failed')
    const stop = await page(10)
    answer = () =>
      json(
        final({
          state: 'filed',
          at: instant('2026-03-02T15:00:00.000Z'),
          documentReference: 'DocumentReference/d',
          appointment: 'left',
        }),
      )
    await vi.advanceTimersByTimeAsync(20_000)
    stop()

    expect(keeper.note.value.filing.state).toBe('filed')
    expect(keeper.work.value.at).toBe('idle')
  })

  it('is not looked for while nobody sees the page, and at once when it is seen again', async () => {
    visible = 'hidden'
    const stop = await page(3600)
    expect(asked).toEqual([])
    visible = 'visible'
    for (const heard of turned) heard()
    await vi.advanceTimersByTimeAsync(0)
    stop()

    expect(asked).toEqual([{ onlyLook: true }])
  })

  it('is not looked for any more where no look can tell', async () => {
    answer = refused('filing-unknown', 'elsewhere')
    const stop = await page(3600)
    stop()

    expect(asked).toHaveLength(1)
  })

  it('is looked for by whoever presses meanwhile, once the page has looked', async () => {
    let end = (_response: Response): void => undefined
    const slow = new Promise<Response>((done) => {
      end = done
    })
    vi.stubGlobal('fetch', async (_path: string, { method, body }: RequestInit) => {
      if (method !== 'POST') return json(unknown)
      asked.push(JSON.parse(String(body)))
      return asked.length === 1 ? slow : answer()
    })
    const stop = await page(10)
    const pressed = sendToChart(keeper)
    await vi.advanceTimersByTimeAsync(0)
    expect([asked.length, keeper.work.value.at]).toEqual([1, 'busy'])
    end(answer())
    await pressed
    stop()

    expect(asked).toEqual([{ onlyLook: true }, {}])
    expect(keeper.work.value).not.toHaveProperty('byItself')
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
