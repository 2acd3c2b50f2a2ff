// The ledger of a note's way into the chart: one entry for each text of it that was to go there, as pure rules.
// Refuses a second sending while one is under way, and one after an unknown outcome until somebody has looked.
import { Refusal } from '../errors.ts'
import type { Instant, Iss, Ref } from '../ids.ts'
import { plus } from '../instant.ts'
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
/** `onto`: the DocumentReference that gets a new version; without it a new one is made. */
type Sent = InEncounter & AtEhr & { readonly hash: string; readonly onto?: Ref<'DocumentReference'> }
/** The issuer it was sent to: where it is looked for. Absent in rows of before. */
type AtEhr = { readonly iss?: Iss }

/** Where one text stands. `hash` is SHA-256 of the note as it was sent. */
export type Filing =
  | { readonly state: 'unfiled' }
  | (Sent & { readonly state: 'pending'; readonly since: Instant })
  | (InEncounter &
      AtEhr & {
        readonly state: 'filed'
        readonly at: Instant
        readonly documentReference: Ref<'DocumentReference'>
        readonly appointment: 'fulfilled' | 'left'
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
] as const
export type NotFiled = (typeof notFiled)[number]

/** The row before the POST. Refuses `filing-under-way` and `filing-unknown`; what is filed stays as it is. */
export function begun(filing: Filing, sending: Pick<Sent, 'hash' | 'iss' | 'onto'>, now: Instant): Filing {
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
 * What became of one attempt, or of one look for it. `from` is the filing it began with: when another attempt has begun since,
 * its word stands and this one's is dropped, so that a slow answer never opens the way to a second note.
 */
export const ended = (now: Filing, from: Filing, filing: Filing): Filing => (sameFiling(now, from) ? filing : now)

const sameFiling = (a: Filing, b: Filing) => a.state === b.state && instantIn(a) === instantIn(b)
const instantIn = (filing: Filing) => ('at' in filing ? filing.at : 'since' in filing ? filing.since : '')

/** The EHR was asked and has no such note, or a person has looked and says so: it may be sent again. */
export function notArrived(filing: Filing, now: Instant): Filing {
  if (filing.state !== 'unknown') return filing
  return { state: 'not-filed', at: now, why: 'not-arrived', ...encounterIn(filing) }
}

const settlingSeconds = 5 * 60

/** Whether "it is not there" may still turn into "it is": what was sent a moment ago may be kept a moment later. */
export const maySettle = (filing: Filing, now: Instant): boolean =>
  filing.state === 'unknown' && now < plus(filing.at, settlingSeconds)

/** The Encounter of any text of this note, the latest first: no second one is made for the same visit. */
export const knownEncounter = (entries: readonly Entry[]): Ref<'Encounter'> | undefined =>
  entries.map(({ filing }) => encounterIn(filing).encounter).findLast((encounter) => encounter !== undefined)

/** What never left is no entry, unless an Encounter was made on the way: that one is to be used again. */
export const leftTrace = (filing: Filing): boolean =>
  encounterIn(filing).encounter !== undefined || (filing.state !== 'unfiled' && filing.state !== 'not-filed')

/** Whether it went to another EHR than the one that is asked now. */
export const wentElsewhere = ({ iss }: AtEhr, asked: Iss): boolean => iss !== undefined && iss !== asked

/** Writes down at once that an Encounter was made: whatever becomes of the note, none is made for the second time. */
export const withEncounter = (filing: Filing, encounter: Ref<'Encounter'>): Filing =>
  filing.state === 'pending' ? { ...filing, encounter } : filing

/** A pending filing that nobody is at work on was cut short: nobody knows whether it arrived. */
export function interrupted(filing: Filing, now: Instant): Filing {
  if (filing.state !== 'pending') return filing
  const { since: _since, ...sent } = filing
  return { ...sent, state: 'unknown', at: now }
}

export const encounterIn = (of: InEncounter | Filing): InEncounter =>
  'encounter' in of && of.encounter !== undefined ? { encounter: of.encounter } : {}

/** The entry the chart shows now: the last that was filed and not marked entered-in-error since. */
export function inChart(entries: readonly Entry[]): (Entry & { filing: FiledState }) | undefined {
  const last = entries.findLast(({ filing }) => filing.state === 'filed' || filing.state === 'entered-in-error')
  return last?.filing.state === 'filed' ? { ...last, filing: last.filing } : undefined
}

/** The entry nobody knows about yet: before it is settled no other text may go. */
export const unsettled = (entries: readonly Entry[]): Entry | undefined =>
  entries.find(({ filing }) => filing.state === 'pending' || filing.state === 'unknown')

/** Replaces one entry's filing; entries are told apart by version and docStatus. */
export const withFiling = (
  entries: readonly Entry[],
  entry: Pick<Entry, 'version' | 'docStatus'>,
  filing: (now: Filing) => Filing,
): readonly Entry[] => entries.map((e) => (sameText(e, entry) ? { ...e, filing: filing(e.filing) } : e))

export const sameText = (a: Pick<Entry, 'version' | 'docStatus'>, b: Pick<Entry, 'version' | 'docStatus'>): boolean =>
  a.version === b.version && a.docStatus === b.docStatus
