// The SOAP note from its first word to its signature, and to the amendment of what is signed, as pure rules.
// Refuses a stale text, a change after the signature, and an amendment while nobody knows what the chart has.
import { Refusal } from '../errors.ts'
import type { Instant, OrganisationId, Ref, VisitId } from '../ids.ts'
import type { Holder, Lease } from './lease.ts'
import {
  begun,
  type Entry,
  encounterIn,
  ended,
  type Filing,
  inChart,
  interrupted,
  isUnder,
  leftTrace,
  type Sending,
  sameText,
  stillSent,
  unknownSince,
  unsettled,
  withEncounter,
  withEntry,
  withFiling,
} from './ledger.ts'
import { isEmpty, type Soap, sameSoap } from './soap.ts'

type Kept = {
  readonly id: VisitId
  readonly revision: number
  readonly expiresAt: Instant
  /** The version of the text: what If-Match is compared with. Filing does not change it. */
  readonly version: number
  readonly soap: Soap
  readonly savedAt: Instant
  readonly organisation: OrganisationId
  /** Who wrote the first of it: on whose day it stays until it is filed. */
  readonly author: Ref
  /** Earlier texts that went, or were meant to go, to the chart: drafts, and what was amended since. The oldest first. */
  readonly earlier?: readonly Entry[]
}

export type Preliminary = Kept & { readonly docStatus: 'preliminary' }
export type Final = Kept & {
  readonly docStatus: 'final'
  readonly signedBy: Ref
  readonly signerName: string
  readonly signedAt: Instant
  readonly filing: Filing
}
export type Note = Preliminary | Final

type Writer = { readonly who: Ref; readonly name: string }

/**
 * Keeps a newer text. Refuses `note-signed`; and `note-changed` unless `match` is the version kept now, or the one before it and the
 * text kept now is `follows`: what the same page sent last, without hearing whether it arrived.
 */
export function saved(note: Note, soap: Soap, match: number, now: Instant, follows?: Soap): Preliminary {
  const draft = preliminary(note)
  // The same text again is a save whose answer was lost: it has already succeeded (RFC 9110, 13.1.1).
  if (sameSoap(draft.soap, soap)) return draft
  const arrived = follows !== undefined && draft.version === match + 1 && sameSoap(draft.soap, follows)
  if (!arrived) matches(draft, match)
  return { ...draft, soap, version: draft.version + 1, savedAt: now }
}

/** Signs the text of version `match`: nobody signs what they have not seen. Refuses `note-empty`, and `note-unchanged` for an amendment that amends nothing. */
export function signed(note: Note, match: number, by: Writer, now: Instant): Final {
  if (note.docStatus === 'final' && note.version === match && note.signedBy === by.who) return note
  const draft = preliminary(note)
  matches(draft, match)
  if (isEmpty(draft.soap)) throw new Refusal('note-empty')
  const before = amendedFrom(draft)
  if (before !== undefined && before.author !== by.who) throw new Refusal('signer-only')
  if (before !== undefined && sameSoap(before.soap, draft.soap)) throw new Refusal('note-unchanged')
  const signature = { signedBy: by.who, signerName: by.name, signedAt: now }
  return { ...draft, docStatus: 'final', ...signature, filing: { state: 'unfiled' } }
}

/** What is sent of a signed note. */
export const entryOf = ({ version, soap, signedBy, signerName, signedAt, filing }: Final): Entry => ({
  docStatus: 'final',
  version,
  soap,
  filing,
  author: signedBy,
  authorName: signerName,
  date: signedAt,
})

/** The signed text that an amendment sets out from; undefined for a first text, and for what the chart never had. */
export function amendedFrom({ earlier = [] }: Pick<Note, 'earlier'>): Entry | undefined {
  const last = inChart(earlier)
  return last?.docStatus === 'final' ? last : undefined
}

/**
 * Opens a signed note again. What is in the chart stays there until the new text is signed and filed.
 * Refuses `note-not-signed`, `signer-only`, and `filing-under-way` and `filing-unknown`: first it must be known what the chart has.
 */
export function amended(note: Note, by: Ref): Preliminary {
  const final = signedNote(note)
  if (final.signedBy !== by) throw new Refusal('signer-only')
  if (final.filing.state === 'pending') throw new Refusal('filing-under-way')
  if (final.filing.state === 'unknown') throw new Refusal('filing-unknown')
  const { signedBy: _by, signerName: _name, signedAt: _at, filing, docStatus: _status, ...kept } = final
  // A version of its own: windows that show the signed text notice, and after a mistake the same words go in under a mark of their own.
  const version = kept.version + 1
  const earlier = [...(final.earlier ?? []), ...(leftTrace(filing) ? [entryOf(final)] : [])]
  return { ...kept, version, docStatus: 'preliminary', earlier }
}

/** The chart's note was marked as a mistake; also when the text was opened again in the meantime. */
export function markedInError(note: Note, documentReference: Ref<'DocumentReference'>, now: Instant): Note {
  const there = entriesIn(note).findLast(
    ({ filing: f }) => f.state === 'filed' && f.documentReference === documentReference,
  )
  if (there === undefined) return note
  const marked = { state: 'entered-in-error', at: now, documentReference, ...encounterIn(there.filing) } as const
  return withFilingOf(note, there, () => marked)
}

/**
 * Gives the amendment up: the note is again what the chart has. Refuses `note-signed`, another's words (`signer-only`), and
 * `filing-unknown` while nobody knows whether a draft of it arrived.
 */
export function amendmentDropped(note: Note, by: Ref, now: Instant): Final {
  const draft = preliminary(note)
  const before = amendedFrom(draft)
  if (before === undefined) throw new Refusal('note-not-signed')
  if (before.author !== by) throw new Refusal('signer-only')
  if (unsettled(draft.earlier ?? []) !== undefined) throw new Refusal('filing-unknown')
  const { soap, author: signedBy, authorName: signerName, date: signedAt, filing } = before
  const earlier = (draft.earlier ?? []).filter((e) => !sameText(e, before))
  // A version of its own, so that a window with the dropped text notices.
  const version = draft.version + 1
  return { ...draft, docStatus: 'final', soap, version, savedAt: now, signedBy, signerName, signedAt, filing, earlier }
}

/** The ledger row before the POST of a signed note. Refuses as `begun` does, and `note-not-signed`. */
export function filingBegun(note: Note, sending: Sending, now: Instant): Final {
  const final = signedNote(note)
  const filing = begun(final.filing, sending, now)
  return filing === final.filing ? final : { ...final, filing }
}

/**
 * The row before the POST of a draft: the text of version `match`, not signed. An earlier draft that did not arrive gives way.
 * Refuses `note-empty`, `note-changed`, `note-signed`, `filing-under-way` and `filing-unknown`.
 */
export function draftBegun(note: Note, match: number, by: Writer, sending: Sending, now: Instant): Preliminary {
  const draft = preliminary(note)
  matches(draft, match)
  if (isEmpty(draft.soap)) throw new Refusal('note-empty')
  // What is signed in the chart is never replaced by something that is not.
  if (amendedFrom(draft) !== undefined) throw new Refusal('note-signed')
  const unsettledEntry = unsettled(draft.earlier ?? [])
  if (unsettledEntry !== undefined)
    throw new Refusal(unsettledEntry.filing.state === 'pending' ? 'filing-under-way' : 'filing-unknown')
  const text = { docStatus: 'preliminary', version: draft.version } as const
  const before = (draft.earlier ?? []).find((e) => sameText(e, text))
  const filing = begun(before?.filing ?? { state: 'unfiled' }, sending, now)
  if (before !== undefined && filing === before.filing) return draft
  const entry: Entry = { ...text, soap: draft.soap, author: by.who, authorName: by.name, date: now, filing }
  return {
    ...draft,
    earlier: [...(draft.earlier ?? []).filter((e) => leftTrace(e.filing) && !sameText(e, text)), entry],
  }
}

type Text = Pick<Entry, 'version' | 'docStatus'>

/** Changes where one text stands, whether it is the note's own or an earlier one. */
function withFilingOf(note: Note, text: Text, change: (filing: Filing) => Filing): Note {
  if (note.docStatus === 'final' && sameText(note, text)) return { ...note, filing: change(note.filing) }
  return note.earlier === undefined ? note : { ...note, earlier: withFiling(note.earlier, text, change) }
}

/** Keeps, while a text is on its way, the Encounter that was made for it. */
export const encounterKept = (note: Note, text: Text, encounter: Ref<'Encounter'>): Note =>
  withFilingOf(note, text, (filing) => withEncounter(filing, encounter))

/** What became of one attempt at one text. `from` is the filing it began with; see `ended` for what has come since. */
export function filingEnded(note: Note, entry: Entry, from: Filing, filing: Filing): Note {
  if (entryFor(note, entry) !== undefined) return withFilingOf(note, entry, (now) => ended(now, from, filing))
  // Thought lost, and another text took its place; but the chart has it.
  return filing.state === 'filed' ? { ...note, earlier: withEntry(note.earlier ?? [], { ...entry, filing }) } : note
}

/** Where one text stands now; undefined for one that is no entry any more. */
export const entryFor = (note: Note, text: Text): Entry | undefined => entriesIn(note).find((e) => sameText(e, text))

/** Every text of it that went, or is to go, to the chart; the oldest first. */
export const entriesIn = (note: Note): readonly Entry[] => [
  ...(note.earlier ?? []),
  ...(note.docStatus === 'final' ? [entryOf(note)] : []),
]

/** The Appointment followed its filed note. */
export const appointmentDone = (note: Note, text: Text): Note =>
  withFilingOf(note, text, (filing) => (filing.state === 'filed' ? { ...filing, appointment: 'fulfilled' } : filing))

/** Every pending filing whose sender is no longer alive was cut short. Returns the same object if nothing changed. */
export const filingInterrupted = (note: Note, asks: Holder, now: Instant): Note =>
  withFilings(note, (filing) => interrupted(filing, asks, now))

/** Whoever sends a text under this lease is still alive: the lease ends later. Returns the same object if nothing changed. */
export const leaseRenewed = (note: Note, lease: Lease, now: Instant): Note =>
  withFilings(note, (filing) => stillSent(filing, lease, now))

/** The sending is over: where its outcome is not written down, it is unknown. Returns the same object if nothing changed. */
export const leaseEnded = (note: Note, lease: Lease, now: Instant): Note =>
  withFilings(note, (filing) => (isUnder(filing, lease) ? unknownSince(filing, now) : filing))

/** Whether a text is on its way; under this lease, where one is given. */
export const isSending = (note: Note, lease?: Lease): boolean =>
  entriesIn(note).some(({ filing }) => (lease === undefined ? filing.state === 'pending' : isUnder(filing, lease)))

/** Changes where each text stands. Returns the same object if nothing changed. */
function withFilings(note: Note, change: (filing: Filing) => Filing): Note {
  const changed = entriesIn(note).filter(({ filing }) => change(filing) !== filing)
  return changed.reduce((n, entry) => withFilingOf(n, entry, change), note)
}

/** Passes a signed note on; refuses `note-not-signed`. */
export function signedNote(note: Note): Final {
  if (note.docStatus !== 'final') throw new Refusal('note-not-signed')
  return note
}

function preliminary(note: Note): Preliminary {
  if (note.docStatus === 'final') throw new Refusal('note-signed')
  return note
}

function matches(note: Note, match: number): void {
  if (note.version !== match) throw new Refusal('note-changed', { detail: { revision: note.version } })
}

/** On whose day a note stays until it is in the chart: its writer's, and once it is signed that of who signed it, who alone may file it. */
export const unfiledBy = (note: Note): readonly Ref[] => {
  if (note.docStatus === 'preliminary') return [note.author]
  return note.filing.state === 'filed' || note.filing.state === 'entered-in-error' ? [] : [note.signedBy]
}
