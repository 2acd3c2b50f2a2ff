// The note's keeper with two windows at one note: what is shown is what is typed into, and a page that closes writes over nobody.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { learn } from '../../client/base/remedies.ts'
import { draft } from '../../client/note/draft.tsx'
import { type Keeper, openNote } from '../../client/note/keeper.ts'
import type { Instant, OrganisationId, Ref, VisitId } from '../../server/domain/ids.ts'
import { amended, type Note, type Preliminary, saved, signed } from '../../server/domain/note/note.ts'
import { noteView } from '../../server/house/views.ts'
import type { SaveNote, SoapText } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'

learn({ ...problemRemedies, ...chartRemedies })

// Sound, these casts: what a test calls an id or an instant is one.
const at = '2026-03-02T15:00:00.000Z' as Instant
const ruiz: { who: Ref; name: string } = { who: 'Practitioner/ruiz', name: 'Dr. Ruiz' }
const soap = (plan: string): SoapText => ({ subjective: 'Coughs.', objective: '', assessment: '', plan })
const written: Preliminary = {
  ...{ id: 'v' as VisitId, revision: 0, expiresAt: at, version: 1, savedAt: at, soap: soap('Rest.') },
  ...{ docStatus: 'preliminary', organisation: 'riverside' as OrganisationId, author: ruiz.who },
}

let note: Note
/** Set to hold every PUT until it is called. */
let hold: Promise<void> | undefined
let puts: { plan: string; status: number }[]
let heard: Map<string, () => void>
let paths = 0

/** The server's rule behind `fetch`; what it kept before a reply was held is kept. */
async function answer(_path: string, { method, headers, body }: RequestInit): Promise<Response> {
  const reply = (status: number, said: object) =>
    new Response(JSON.stringify(said), { status, headers: { 'Content-Type': 'application/json' } })
  if (method !== 'PUT') return reply(200, noteView(note))
  const { follows, ...text } = JSON.parse(String(body)) as SaveNote
  const match = Number(/\d+/.exec(new Headers(headers).get('If-Match') ?? '')?.[0])
  const code = keepText(text, match, follows)
  puts.push({ plan: text.plan, status: code === undefined ? 200 : 412 })
  const said = code === undefined ? noteView(note) : { issue: [{ details: { coding: [{ code }] } }] }
  await hold
  return reply(code === undefined ? 200 : 412, said)
}

function keepText(text: SoapText, match: number, follows?: SoapText): string | undefined {
  try {
    note = saved(note, text, match, at, follows)
    return undefined
  } catch {
    return note.docStatus === 'final' ? 'note-signed' : 'note-changed'
  }
}

async function opened(): Promise<Keeper> {
  const keeper = await openNote(`/notes/${++paths}`)
  if ('code' in keeper) throw new Error('the note did not open')
  return keeper
}

beforeEach(() => {
  note = written
  hold = undefined
  puts = []
  heard = new Map()
  const target = {
    addEventListener: (n: string, f: () => void) => heard.set(n, f),
    removeEventListener: () => undefined,
  }
  vi.stubGlobal('window', target)
  vi.stubGlobal('document', { ...target, visibilityState: 'visible' })
  vi.stubGlobal('fetch', answer)
})
afterEach(() => vi.unstubAllGlobals())

describe('a window with a signed note that was opened again in another one', () => {
  it.each([
    ['raised its version', (n: Note) => amended(n, ruiz.who)],
    ['kept its version', (n: Note): Note => ({ ...amended(n, ruiz.who), version: n.version })],
  ])('keeps what is typed into it, where the server %s', async (_how, reopened) => {
    note = signed(written, 1, ruiz, at)
    const keeper = await opened()
    note = reopened(note)

    await keeper.look()
    keeper.type(soap('Rest, and tea.'))
    const safe = await keeper.flush()

    expect([keeper.note.value.sign.docStatus, keeper.saving.value.at, safe]).toEqual(['preliminary', 'saved', true])
    expect(note.soap).toEqual(soap('Rest, and tea.'))
    keeper.stop()
  })

  it('stays signed in view when an answer from before the signature comes late', async () => {
    const keeper = await opened()
    const before = noteView(note)
    note = signed(written, 1, ruiz, at)
    await keeper.look()

    keeper.put(before)

    expect([keeper.note.value.sign.docStatus, keeper.saving.value.at]).toEqual(['final', 'signed'])
    keeper.stop()
  })

  it('shows the fields, not the signed text, while its own words are not saved yet', async () => {
    const keeper = await opened()
    keeper.type(soap('My own words.'))
    note = signed(written, 1, ruiz, at)

    await keeper.look()
    expect([keeper.note.value.sign.docStatus, keeper.saving.value.at]).toEqual(['preliminary', 'edited'])
    await keeper.flush()
    expect(keeper.saving.value).toMatchObject({ at: 'changed', text: soap('My own words.') })

    note = amended(note, ruiz.who)
    await keeper.look()
    expect(keeper.saving.value).toMatchObject({ at: 'changed', theirs: { sign: { docStatus: 'preliminary' } } })
    keeper.tell({ is: 'take-theirs' })
    expect([keeper.note.value.sign.docStatus, keeper.saving.value.at]).toEqual(['preliminary', 'saved'])
    keeper.stop()
  })
})

describe('two windows that changed one note', () => {
  it('may keep both texts, and whoever did so comes back to the two as long as nothing else was typed', async () => {
    const keeper = await opened()
    keeper.type(soap('Mine.'))
    note = saved(note, soap('Theirs.'), 1, at)
    await keeper.flush()
    keeper.choose({ is: 'keep-both', text: soap('Theirs. Mine.') })
    await keeper.flush()
    expect([note.soap.plan, keeper.saving.value.at]).toEqual(['Theirs. Mine.', 'saved'])

    keeper.chooseAgain()
    expect(keeper.saving.value).toMatchObject({ at: 'changed', text: soap('Mine.'), other: soap('Theirs.') })
    keeper.choose({ is: 'take-theirs' })
    await keeper.flush()
    expect([note.soap.plan, keeper.saving.value.text.plan]).toEqual(['Theirs.', 'Theirs.'])

    keeper.type(soap('Theirs, and more.'))
    await keeper.flush()
    keeper.chooseAgain()
    expect(keeper.saving.value).toMatchObject({ at: 'saved', text: soap('Theirs, and more.') })
    keeper.stop()
  })
})

describe('a draft for the chart', () => {
  const refusing = (code: string) => async () =>
    new Response(JSON.stringify({ issue: [{ details: { coding: [{ code }] } }] }), {
      status: 412,
      headers: { 'Content-Type': 'application/json' },
    })

  it('that cannot be saved is never called empty', async () => {
    const keeper = await opened()
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    keeper.type(soap('Words.'))
    expect(await draft(keeper, false)).toBe('notSaved')

    vi.stubGlobal('fetch', answer)
    note = saved(note, soap('Words of another window.'), 1, at)
    expect(await draft(keeper, false)).toBe('notSaved')
    expect(keeper.saving.value.at).toBe('changed')
    keeper.stop()
  })

  it('with nothing in it is called empty, and a refused one by its own name', async () => {
    note = { ...written, soap: { ...soap(''), subjective: ' ' } }
    const empty = await opened()
    note = written
    const refused = await opened()
    const said = await draft(empty, false)
    vi.stubGlobal('fetch', refusing('filing-under-way'))

    expect([said, await draft(refused, false)]).toEqual(['empty', { code: 'filing-under-way' }])
    for (const keeper of [empty, refused]) keeper.stop()
  })
})

describe('a page that is closed while a text is on its way', () => {
  const breathe = async (keeper: Keeper) => {
    let go = () => {}
    hold = new Promise((done) => {
      go = done
    })
    keeper.type(soap('A'))
    keeper.tell({ is: 'due' })
    keeper.type(soap('A, and more'))
    heard.get('pagehide')?.()
    keeper.stop()
    go()
    await eventually(() => expect(puts).toHaveLength(2))
  }

  it('leaves its last words, when the text before them arrived', async () => {
    await breathe(await opened())

    expect([note.soap, puts.map((p) => p.status)]).toEqual([soap('A, and more'), [200, 200]])
  })

  it('sends nothing more once it is over, whatever is answered after that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const keeper = await opened()
    let refuse = () => {}
    let sent = 0
    vi.stubGlobal('fetch', () => {
      sent++
      return new Promise((_done, failed) => {
        refuse = () => failed(new TypeError('cut'))
      })
    })
    keeper.type(soap('A'))
    keeper.tell({ is: 'due' })

    keeper.stop()
    refuse()
    await vi.advanceTimersByTimeAsync(120_000)

    expect(sent).toBe(1)
    vi.useRealTimers()
  })

  it('writes over nothing that another window saved meanwhile', async () => {
    const keeper = await opened()
    note = saved(note, soap('B: allergic, stop.'), 1, at)

    await breathe(keeper)

    expect([note.soap, puts.map((p) => p.status)]).toEqual([soap('B: allergic, stop.'), [412, 412]])
  })

  it('leaves its last words after a text whose answer never came', async () => {
    const keeper = await opened()
    keeper.type(soap('A'))
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      await answer(path, init)
      throw new TypeError('cut')
    })
    keeper.tell({ is: 'due' })
    await eventually(() => expect(keeper.saving.value.at).toBe('unsaved'))

    keeper.type(soap('A, and more'))
    heard.get('pagehide')?.()
    await eventually(() => expect(puts).toHaveLength(2))

    expect(note.soap).toEqual(soap('A, and more'))
    keeper.stop()
  })

  it('still sends the last words alone when both texts are more than a closing page may carry', async () => {
    const keeper = await opened()
    const long = 'x'.repeat(19_000)
    const sent: string[] = []
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      sent.push(String(init.body))
      return answer(path, init)
    })
    keeper.type({ ...soap('A'), subjective: long, objective: long })
    keeper.tell({ is: 'due' })
    keeper.type({ ...soap('A, and more'), subjective: long, objective: long })
    heard.get('pagehide')?.()
    await eventually(() => expect(sent.length).toBeGreaterThan(1))

    expect(JSON.parse(sent[1] ?? '')).toEqual({ ...soap('A, and more'), subjective: long, objective: long })
    keeper.stop()
  })
})
