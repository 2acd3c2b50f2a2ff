// The ledger of a note's way into the chart: one entry for each text of it that was to go there, as pure rules.
// Refuses a second sending while one is under way, and one after an unknown outcome until somebody has looked.
import { sameBase } from '../ehr/reference.ts'
import { Refusal } from '../errors.ts'
import type { Instant, Iss, Ref } from '../ids.ts'
import { plus } from '../instant.ts'
import { type Holder, isAlive, type Lease, renewed } from './lease.ts'
import type { Soap } from './soap.ts'

/** One text of the note on its way into the chart, or there. `author` and `date` are the DocumentReference's. */
export type Entry = {
  readonly docStatus: 'preliminary' | 'final'
  readonly version: number
  readonly soap: Soap
  readonly author: Ref
  readonly authorName: string
  /** When it was signed, or put into the chart as a draft. */
  readonly date: Instant
  readonly filing: Filing
}

type InEncounter = { readonly encounter?: Ref<'Encounter'> }
/** An Encounter that bears a note though it is not the visit's own: a stay in hospital, or one of another day. */
export type Borrowed = 'stay' | 'another-day'
/** `onto`: the DocumentReference that gets a new version; without it a new one is made. */
type Sent = InEncounter & AtEhr & { readonly hash: string; readonly onto?: Ref<'DocumentReference'> }
/** The issuer it was sent to: where it is looked for. Absent in older rows. */
type AtEhr = { readonly iss?: Iss }

/** What is written down before a text goes out. `lease`: of whoever sends it; absent in older rows. */
export type Sending = Pick<Sent, 'hash' | 'iss' | 'onto'> & { readonly lease?: Lease }
export type PendingFiling = Sent & Sending & { readonly state: 'pending'; readonly since: Instant }

/** Where one text stands. `hash` is SHA-256 of the note as it was sent. */
export type Filing =
  | { readonly state: 'unfiled' }
  | PendingFiling
  | (InEncounter &
      AtEhr & {
        readonly state: 'filed'
        readonly at: Instant
        readonly documentReference: Ref<'DocumentReference'>
        readonly appointment: 'fulfilled' | 'left'
        readonly borrowed?: Borrowed
        /** It names an Encounter that never came to be, or should not stand without one, and the EHR did not let us change that. */
        readonly astray?: true
      })
  | (Sent & { readonly state: 'unknown'; readonly at: Instant })
  | (InEncounter & {
      readonly state: 'not-filed'
      readonly at: Instant
      readonly why: NotFiled
      /** The EHR's own number of its refusal, for support. */
      readonly code?: string
      /** When the EHR, which was busy, asked us to come back. */
      readonly retryAt?: Instant
    })
  /** It stands in the chart marked entered-in-error. */
  | (InEncounter & {
      readonly state: 'entered-in-error'
      readonly at: Instant
      readonly documentReference: Ref<'DocumentReference'>
    })

export type FiledState = Extract<Filing, { state: 'filed' }>

/** Why a note did not arrive, as far as we know for certain. */
export const notFiled = [
  'ehr-refused',
  'ehr-policy',
  'ehr-limit',
  'ehr-invalid',
  'ehr-conflict',
  'ehr-busy',
  'not-offered',
  'no-encounter',
  'not-arrived',
  'ehr-unreachable',
  'ehr-failed',
  'encounter-refused',
  'sign-in-ended',
  'scope-missing',
  'patient-replaced',
] as const
export type NotFiled = (typeof notFiled)[number]

/** The row before the POST. Refuses `filing-under-way` and `filing-unknown`; what is filed stays as it is. */
export function begun(filing: Filing, sending: Sending, now: Instant): Filing {
  switch (filing.state) {
    case 'filed':
    case 'entered-in-error':
      return filing
    case 'pending':
      throw new Refusal('filing-under-way')
    case 'unknown':
      throw new Refusal('filing-unknown')
    case 'unfiled':
    case 'not-filed':
      return { state: 'pending', since: now, ...sending, ...encounterIn(filing) }
  }
}

/**
 * What became of one attempt, or of one look for it. `from` is the filing it began with. If another answer has come since, that one
 * stands and this one is dropped, so that a slow answer never opens the way to a second note; except "it is in the chart", which is true
 * whatever was thought meanwhile.
 */
export function ended(now: Filing, from: Filing, filing: Filing): Filing {
  if (sameFiling(now, from)) return filing
  const there = now.state === 'filed' || now.state === 'entered-in-error'
  return filing.state === 'filed' && !there ? filing : now
}

const sameFiling = (a: Filing, b: Filing) =>
  a.state === b.state && instantIn(a) === instantIn(b) && leaseOf(a)?.id === leaseOf(b)?.id
const leaseOf = (filing: Filing) => (filing.state === 'pending' ? filing.lease : undefined)
const instantIn = (filing: Filing) => ('at' in filing ? filing.at : 'since' in filing ? filing.since : '')

/** The EHR was asked and has no such note, or a person has looked and says so: it may be sent again. */
export function notArrived(filing: Filing, now: Instant): Filing {
  if (filing.state !== 'unknown') return filing
  return { state: 'not-filed', at: now, why: 'not-arrived', ...encounterIn(filing) }
}

const stillArrivingSeconds = 5 * 60

/** Whether "it is not there" may still turn into "it is": what was sent a moment ago may be kept a moment later. */
export const mayStillArrive = (filing: Filing, now: Instant): boolean =>
  filing.state === 'unknown' && now < plus(filing.at, stillArrivingSeconds)

/** The Encounter of any text of this note, the latest first: no second one is made for the same visit. */
export const knownEncounter = (entries: readonly Entry[]): Ref<'Encounter'> | undefined =>
  entries.map(({ filing }) => encounterIn(filing).encounter).findLast((encounter) => encounter !== undefined)

/** What never left is no entry, unless an Encounter was made on the way: that one is to be used again. */
export const leftTrace = (filing: Filing): boolean =>
  encounterIn(filing).encounter !== undefined || (filing.state !== 'unfiled' && filing.state !== 'not-filed')

/** Whether the text went to another EHR than the one that is asked now. */
export const wentElsewhere = ({ iss }: AtEhr, asked: Iss): boolean => iss !== undefined && !sameBase(iss, asked)

/** Writes down at once that an Encounter was made: whatever becomes of the note, no second one is made. */
export function withEncounter(filing: Filing, encounter: Ref<'Encounter'>): Filing {
  const isWithout = (filing.state === 'unknown' || filing.state === 'not-filed') && filing.encounter === undefined
  return filing.state === 'pending' || isWithout ? { ...filing, encounter } : filing
}

/** Nobody knows whether what was sent arrived. */
export function unknownSince({ since: _since, lease: _lease, ...sent }: PendingFiling, at: Instant): Filing {
  return { ...sent, state: 'unknown', at }
}

/** A pending filing whose sender is no longer alive was cut short. */
export const interrupted = (filing: Filing, asks: Holder, now: Instant): Filing =>
  filing.state === 'pending' && !isAlive(filing.lease, asks, now) ? unknownSince(filing, now) : filing

/** Whether the text is on its way under this lease. */
export const isUnder = (filing: Filing, { id }: Lease): filing is PendingFiling => leaseOf(filing)?.id === id

/** Whoever sends is still alive. */
export function stillSent(filing: Filing, mine: Lease, now: Instant): Filing {
  if (!isUnder(filing, mine) || filing.lease === undefined) return filing
  const lease = renewed(filing.lease, now)
  return lease === filing.lease ? filing : { ...filing, lease }
}

export const encounterIn = (of: InEncounter | Filing): InEncounter =>
  'encounter' in of && of.encounter !== undefined ? { encounter: of.encounter } : {}

/** The entry the chart shows now: the last that was filed and not marked entered-in-error since. */
export function inChart(entries: readonly Entry[]): (Entry & { filing: FiledState }) | undefined {
  const last = entries.findLast(({ filing }) => filing.state === 'filed' || filing.state === 'entered-in-error')
  return last?.filing.state === 'filed' ? { ...last, filing: last.filing } : undefined
}

/** The entry of which nobody knows yet whether it arrived: until that is settled no other text may go. */
export const unsettled = (entries: readonly Entry[]): Entry | undefined =>
  entries.find(({ filing }) => filing.state === 'pending' || filing.state === 'unknown')

/** Replaces one entry's filing; entries are told apart by version and docStatus. */
export const withFiling = (
  entries: readonly Entry[],
  entry: Pick<Entry, 'version' | 'docStatus'>,
  filing: (now: Filing) => Filing,
): readonly Entry[] => entries.map((e) => (sameText(e, entry) ? { ...e, filing: filing(e.filing) } : e))

/** With one more entry, in the order of the versions; a draft comes before the signed text of the same version. */
export function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const isBefore = (e: Entry) =>
    e.version < entry.version || (e.version === entry.version && e.docStatus === 'preliminary')
  return [...entries.filter(isBefore), entry, ...entries.filter((e) => !isBefore(e))]
}

export const sameText = (a: Pick<Entry, 'version' | 'docStatus'>, b: Pick<Entry, 'version' | 'docStatus'>): boolean =>
  a.version === b.version && a.docStatus === b.docStatus
