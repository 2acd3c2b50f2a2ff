// The SOAP note and the ledger of its filing, as pure rules.
// Refuses a stale text, a change after the signature, and a second filing while one is under way.
import { Refusal } from './errors.ts'
import type { Instant, OrganisationId, Ref, VisitId } from './ids.ts'

export type Soap = {
  readonly subjective: string
  readonly objective: string
  readonly assessment: string
  readonly plan: string
}
export const emptySoap: Soap = { subjective: '', objective: '', assessment: '', plan: '' }

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

/** Where a signed note stands on its way into the EHR. `hash` is SHA-256 of the note as it was sent. */
export type Filing =
  | { readonly state: 'unfiled' }
  | { readonly state: 'pending'; readonly since: Instant; readonly hash: string; readonly encounter?: Ref<'Encounter'> }
  | {
      readonly state: 'filed'
      readonly at: Instant
      readonly documentReference: Ref<'DocumentReference'>
      readonly encounter?: Ref<'Encounter'>
      readonly appointment: 'fulfilled' | 'left'
    }
  | { readonly state: 'unknown'; readonly at: Instant; readonly hash: string; readonly encounter?: Ref<'Encounter'> }
  | { readonly state: 'not-filed'; readonly at: Instant; readonly why: NotFiled; readonly encounter?: Ref<'Encounter'> }

/** Why a note did not arrive, as far as we know for certain. */
export type NotFiled =
  | 'ehr-refused'
  | 'not-arrived'
  | 'ehr-unreachable'
  | 'ehr-failed'
  | 'encounter-refused'
  | 'sign-in-ended'
  | 'scope-missing'

/** Keeps a newer text. Refuses `note-changed` unless `match` is the version now kept, and `note-signed`. */
export function saved(note: Note, soap: Soap, match: number, now: Instant): Preliminary {
  const draft = preliminary(note)
  // The same text again is a save whose answer was lost: it has already succeeded (RFC 9110, 13.1.1).
  if (sameSoap(draft.soap, soap)) return draft
  matches(draft, match)
  return { ...draft, soap, version: draft.version + 1, savedAt: now }
}

/** Signs the text of version `match`: nobody signs what they have not seen. Refuses `note-empty`. */
export function signed(
  note: Note,
  match: number,
  by: { readonly fhirUser: Ref; readonly name: string },
  now: Instant,
): Final {
  if (note.docStatus === 'final' && note.version === match && note.signedBy === by.fhirUser) return note
  const draft = preliminary(note)
  matches(draft, match)
  if (isEmpty(draft.soap)) throw new Refusal('note-empty')
  return {
    ...draft,
    docStatus: 'final',
    signedBy: by.fhirUser,
    signerName: by.name,
    signedAt: now,
    filing: { state: 'unfiled' },
  }
}

/** The ledger row before the POST. Refuses `note-not-signed`, `filing-under-way` and `filing-unknown`; a filed note stays as it is. */
export function filingBegun(note: Note, hash: string, now: Instant): Final {
  const final = signedNote(note)
  const { filing } = final
  switch (filing.state) {
    case 'filed':
      return final
    case 'pending':
      throw new Refusal('filing-under-way')
    case 'unknown':
      throw new Refusal('filing-unknown')
    case 'unfiled':
      return { ...final, filing: { state: 'pending', since: now, hash } }
    case 'not-filed':
      return { ...final, filing: { state: 'pending', since: now, hash, ...keepEncounter(filing) } }
  }
}

/**
 * What became of one attempt, or of one look for it. `from` is the filing it began with: when another attempt has begun since,
 * its word stands and this one's is dropped, so that a slow answer never opens the way to a second note.
 */
export function filingEnded(note: Note, from: Filing, filing: Filing): Final {
  const final = signedNote(note)
  return sameFiling(final.filing, from) ? { ...final, filing } : final
}

const sameFiling = (a: Filing, b: Filing) => a.state === b.state && instantIn(a) === instantIn(b)
const instantIn = (filing: Filing) => ('at' in filing ? filing.at : 'since' in filing ? filing.since : '')

/** The EHR was asked and has no such note, or a person has looked and says so: it may be sent again. */
export function notArrived(filing: Filing, now: Instant): Filing {
  if (filing.state !== 'unknown') return filing
  return { state: 'not-filed', at: now, why: 'not-arrived', ...keepEncounter(filing) }
}

/** A pending filing that nobody is at work on was cut short: nobody knows whether it arrived. */
export function filingInterrupted(note: Note, underWay: boolean, now: Instant): Note {
  if (underWay || note.docStatus !== 'final' || note.filing.state !== 'pending') return note
  const { hash } = note.filing
  return { ...note, filing: { state: 'unknown', at: now, hash, ...keepEncounter(note.filing) } }
}

/** Passes a signed note on; refuses `note-not-signed`. */
export function signedNote(note: Note): Final {
  if (note.docStatus !== 'final') throw new Refusal('note-not-signed')
  return note
}

export const isEmpty = (soap: Soap): boolean => sections(soap).every(([, , text]) => text.trim() === '')

/** The four sections with their LOINC codes, in the order a SOAP note has them. */
export const sections = (soap: Soap) =>
  [
    ['Subjective', '61150-9', soap.subjective],
    ['Objective', '61149-1', soap.objective],
    ['Assessment', '51848-0', soap.assessment],
    ['Plan', '18776-5', soap.plan],
  ] as const

const keepEncounter = (filing: { encounter?: Ref<'Encounter'> }) =>
  filing.encounter === undefined ? {} : { encounter: filing.encounter }

function preliminary(note: Note): Preliminary {
  if (note.docStatus === 'final') throw new Refusal('note-signed')
  return note
}

function matches(note: Note, match: number): void {
  if (note.version !== match) throw new Refusal('note-changed', { detail: { revision: note.version } })
}

const sameSoap = (a: Soap, b: Soap) => sections(a).every(([, , text], i) => text === sections(b)[i]?.[2])
