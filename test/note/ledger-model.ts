// Owns a tiny model of a chart and of the app before it: the note by its real rules, what was sent, what the chart kept, what was answered.
// The chart is honest: who says "refused" kept nothing, who says "filed" has it; who says nothing may have kept it or not.
import { Refusal } from '../../server/domain/errors.ts'
import type { Instant, OrganisationId, Ref, VisitId } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { type Entry, type Filing, inChart, notArrived, unsettled } from '../../server/domain/note/ledger.ts'
import {
  amended,
  amendmentDropped,
  draftBegun,
  entryOf,
  filingBegun,
  filingEnded,
  filingInterrupted,
  markedInError,
  type Note,
  saved,
  signed,
} from '../../server/domain/note/note.ts'
import { emptySoap } from '../../server/domain/note/soap.ts'

const author = { who: 'Practitioner/1', name: 'Dr. Somebody' } as const

/** What becomes of one sending: kept and said so, kept and not said, refused, lost on the way. */
export const fates = ['said', 'cut', 'refused', 'lost'] as const
export type Fate = (typeof fates)[number]

export type Event =
  | { readonly do: 'save'; readonly text: string }
  | { readonly do: 'sign' | 'amend' | 'drop' | 'mistake' | 'crash' | 'look' | 'sendAgain' }
  | { readonly do: 'file' | 'draft'; readonly fate: Fate }
  | { readonly do: 'answer'; readonly of: number }

export type Doc = { readonly id: string; readonly of: string; readonly text: string; readonly status: string }
type Flight = { readonly entry: Entry; readonly fate: Fate; readonly id: string }

export type Model = {
  readonly note: Note
  /** What the person last wrote, or had back. */
  readonly text: string
  readonly docs: readonly Doc[]
  readonly flights: readonly Flight[]
  /** How often a person, told that nobody knows, had a text sent again. */
  readonly again: Readonly<Record<string, number>>
  readonly at: number
  readonly ehr: { readonly amends: 'replace' | 'update'; readonly searchable: boolean }
}

export const keyOf = ({ version, docStatus }: Pick<Entry, 'version' | 'docStatus'>) => `${version}.${docStatus}`

export function begin(ehr: Model['ehr']): Model {
  const kept = { id: 'visit' as VisitId, revision: 0, expiresAt: instant(0), organisation: 'clinic' as OrganisationId } // sound: ids are text
  const blank = { version: 0, soap: emptySoap, savedAt: instant(0), author: author.who, docStatus: 'preliminary' }
  const note = { ...kept, ...blank } as Note // sound: an empty note as the step makes it
  return { note, text: '', docs: [], flights: [], again: {}, at: 1_000, ehr }
}

/** One event; what the rules refuse changes nothing. Time moves with every event. */
export function step(before: Model, event: Event): Model {
  const model = { ...before, at: before.at + 1 }
  try {
    return happened(model, event, instant(model.at))
  } catch (cause) {
    if (cause instanceof Refusal) return model
    throw cause
  }
}

function happened(model: Model, event: Event, now: Instant): Model {
  const { note } = model
  switch (event.do) {
    case 'save':
      return { ...model, note: saved(note, { ...emptySoap, plan: event.text }, note.version, now), text: event.text }
    case 'sign':
      return { ...model, note: signed(note, note.version, author, now) }
    case 'amend':
      return { ...model, note: amended(note, author.who) }
    case 'drop': {
      const dropped = amendmentDropped(note, author.who, now)
      return { ...model, note: dropped, text: dropped.soap.plan }
    }
    case 'mistake':
      return mistaken(model, now)
    case 'crash':
      return { ...model, note: filingInterrupted(note, { process: 'another', onlyProcess: true }, now) }
    case 'look':
      return lookedFor(model, false, now)
    case 'sendAgain':
      return lookedFor(model, true, now)
    case 'file':
      return sentSigned(model, event.fate, now)
    case 'draft':
      return sentDraft(model, event.fate, now)
    case 'answer':
      return answered(model, event.of, now)
  }
}

function mistaken(model: Model, now: Instant): Model {
  const { note } = model
  if (note.docStatus !== 'final' || note.filing.state !== 'filed') return model
  const [, id = ''] = note.filing.documentReference.split('/')
  const docs = model.docs.map((d) => (d.id === id ? { ...d, status: 'entered-in-error' } : d))
  return { ...model, docs, note: markedInError(note, note.filing.documentReference, now) }
}

/** As an attempt does: nothing goes while an earlier text is unsettled. */
function sentSigned(model: Model, fate: Fate, now: Instant): Model {
  if (unsettled(model.note.earlier ?? []) !== undefined) return model
  const note = filingBegun(model.note, { hash: 'hash', ...ontoOf(model) }, now)
  return note === model.note ? model : flown({ ...model, note }, entryOf(note), fate)
}

function sentDraft(model: Model, fate: Fate, now: Instant): Model {
  const note = draftBegun(model.note, model.note.version, author, { hash: 'hash', ...ontoOf(model) }, now)
  const entry = note.earlier?.at(-1)
  return note === model.note || entry === undefined ? model : flown({ ...model, note }, entry, fate)
}

function ontoOf({ note, ehr }: Model): { onto?: Ref<'DocumentReference'> } {
  const chart = inChart(note.earlier ?? [])
  const updates = chart?.docStatus === 'preliminary' || ehr.amends === 'update'
  return chart && updates ? { onto: chart.filing.documentReference } : {}
}

/** It is on its way, and in the chart or not; the answer comes later, or never. */
function flown(model: Model, entry: Entry, fate: Fate): Model {
  const onto = 'onto' in entry.filing ? entry.filing.onto?.split('/')[1] : undefined
  const id = onto ?? `d${model.docs.length + 1}`
  const flights = [...model.flights, { entry, fate, id }]
  if (fate === 'refused' || fate === 'lost') return { ...model, flights }
  const doc = { id, of: keyOf(entry), text: entry.soap.plan, status: 'current' }
  const docs = onto === undefined ? [...model.docs, doc] : model.docs.map((d) => (d.id === onto ? doc : d))
  return { ...model, flights, docs }
}

function answered(model: Model, of: number, now: Instant): Model {
  const flight = model.flights[of % Math.max(model.flights.length, 1)]
  if (flight === undefined) return model
  const { entry, fate, id } = flight
  const { state: _state, ...sent } = entry.filing
  const words: Record<Fate, Filing> = {
    said: { state: 'filed', at: now, documentReference: `DocumentReference/${id}`, appointment: 'left' },
    refused: { state: 'not-filed', at: now, why: 'ehr-refused' },
    cut: { hash: '', ...sent, state: 'unknown', at: now },
    lost: { hash: '', ...sent, state: 'unknown', at: now },
  }
  const flights = model.flights.filter((f) => f !== flight)
  return { ...model, flights, note: filingEnded(model.note, entry, entry.filing, words[fate]) }
}

/** The oldest text nobody knows about is looked for; where nobody can look, the person's word decides. */
function lookedFor(model: Model, sendAgain: boolean, now: Instant): Model {
  const { note, docs, ehr } = model
  const final = note.docStatus === 'final' ? [entryOf(note)] : []
  const entry = [...(note.earlier ?? []), ...final].find((e) => e.filing.state === 'unknown')
  if (entry?.filing.state !== 'unknown') return model
  const { filing } = entry
  const found = docs.find((d) => d.of === keyOf(entry) && d.status === 'current')
  // A new version is looked for where it was to be; that needs no search.
  const known = ehr.searchable || filing.onto !== undefined
  if (!known && !sendAgain) return model
  const settled = (word: Filing) => ({ ...model, note: filingEnded(note, entry, filing, word) })
  if (known && found)
    return settled({ state: 'filed', at: now, documentReference: `DocumentReference/${found.id}`, appointment: 'left' })
  const times = known ? 0 : (model.again[keyOf(entry)] ?? 0) + 1
  return { ...settled(notArrived(filing, now)), again: { ...model.again, ...(known ? {} : { [keyOf(entry)]: times }) } }
}
