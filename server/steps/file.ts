// Files a signed note: the ledger row first, then the EHR, then the ledger's word on what became of it.
// Refuses a note that is not signed, by another than its signer, of a visit that goes on, and one whose outcome is unknown until a person decides.
import { type Filed, noteHash } from '../domain/chart.ts'
import { Refusal } from '../domain/errors.ts'
import type { Instant } from '../domain/ids.ts'
import {
  type Filing,
  type Final,
  filingBegun,
  filingEnded,
  filingInterrupted,
  notArrived,
  signedNote,
} from '../domain/note.ts'
import { type Attempt, fileOnce, fulfil, lookFor } from '../filing.ts'
import { doer, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import { noteView } from '../views.ts'
import type { FileNote } from '../wire.ts'
import type { Reply } from './step.ts'

/**
 * One press. A filed note stays as it is; an unknown one is looked for first, and sent again only when it is not there and the person
 * says `sendAgain`, having been told. Where the EHR cannot be asked, that word alone decides.
 */
export async function file(house: House, caller: Party, { sendAgain = false }: FileNote): Promise<Reply> {
  const { visit } = caller
  if (visit.status !== 'finished') throw new Refusal('visit-not-finished')
  if (house.filings.has(visit.id)) throw new Refusal('filing-under-way')
  // Before anything is awaited: from here on nobody else looks for this note or sends it.
  house.filings.add(visit.id)
  try {
    const note = await signerNote(house, caller)
    if (note.filing.state === 'filed') return reply(note)
    const unknown = note.filing.state === 'unknown'
    const looked = unknown ? await resolved(house, caller, note, sendAgain) : note
    const send = !unknown || (sendAgain && looked.filing.state === 'not-filed')
    return reply(send ? await sent(house, caller, looked) : looked)
  } finally {
    house.filings.delete(visit.id)
  }
}

async function signerNote(house: House, { visit, launch }: Party): Promise<Final> {
  if ((await house.notes.get(visit.id)) === undefined) throw new Refusal('note-not-signed')
  // Whatever is still pending was cut short: this process is at work on none but this one.
  const note = signedNote(await house.notes.change(visit.id, (n) => filingInterrupted(n, false, house.now())))
  if (note.signedBy !== launch.fhirUser) throw new Refusal('signer-only')
  return note
}

/** Looks for a note whose outcome is unknown. What the EHR does not answer stays unknown. */
async function resolved(house: House, caller: Party, note: Final, sendAgain: boolean): Promise<Final> {
  const filed = filedOf(house, caller, note)
  const ehr = house.ehr(caller.launch)
  const found = await lookFor({ ehr, launch: caller.launch, filed, capability: await ehr.capability() })
  if (found === 'cannot-tell' && !sendAgain) throw new Refusal('filing-unknown')
  if (found === 'cannot-tell' || found === 'absent')
    return ended(house, caller, note.filing, (now) => notArrived(note.filing, now))
  const known = encounterIn(note.filing)
  const appointment = await fulfil(ehr, caller.launch, filed, caller.organisation.joinWindow)
  return ended(house, caller, note.filing, (at) => ({
    state: 'filed',
    at,
    ...known,
    ...found,
    appointment,
  }))
}

async function sent(house: House, caller: Party, note: Final): Promise<Final> {
  const { visit, launch, organisation } = caller
  const filed = filedOf(house, caller, note)
  const begun = signedNote(await house.notes.change(visit.id, (n) => filingBegun(n, noteHash(filed), house.now())))
  const ledger = begun.filing
  if (ledger.state !== 'pending') return begun
  await house.record.audit({
    event: 'note-filing',
    outcome: 'success',
    visit: visit.id,
    code: 'pending',
    ...doer(caller),
  })
  const ehr = house.ehr(launch)
  const attempt = await fileOnce(ehr, launch, filed, ledger.encounter).catch(beforeSending)
  const appointment = attempt.outcome === 'filed' ? await fulfil(ehr, launch, filed, organisation.joinWindow) : 'left'
  return ended(house, caller, ledger, (at) => filingOf(attempt, at, ledger.hash, appointment))
}

/** What is refused before the first write (reading the EHR, refreshing the sign-in) left nothing behind. */
function beforeSending(cause: unknown): Attempt {
  if (!(cause instanceof Refusal)) throw cause
  if (cause.code === 'ehr-session-ended' || cause.code === 'session-ended')
    return { outcome: 'not-filed', why: 'sign-in-ended' }
  if (cause.code === 'ehr-unreachable') return { outcome: 'not-filed', why: 'ehr-unreachable' }
  return { outcome: 'not-filed', why: cause.code === 'ehr-refused' ? 'ehr-refused' : 'ehr-failed' }
}

function filingOf(attempt: Attempt, at: Instant, hash: string, appointment: 'fulfilled' | 'left'): Filing {
  const encounter = encounterIn(attempt)
  switch (attempt.outcome) {
    case 'filed':
      return { state: 'filed', at, documentReference: attempt.documentReference, ...encounter, appointment }
    case 'not-filed':
      return { state: 'not-filed', at, why: attempt.why, ...encounter }
    case 'unknown':
      return { state: 'unknown', at, hash, ...encounter }
  }
}

async function ended(house: House, caller: Party, from: Filing, filing: (now: Instant) => Filing): Promise<Final> {
  const { visit } = caller
  const note = signedNote(await house.notes.change(visit.id, (n) => filingEnded(n, from, filing(house.now()))))
  const { state } = note.filing
  await house.record.audit({
    event: 'note-filing',
    outcome: state === 'filed' ? 'success' : 'failed',
    visit: visit.id,
    code: state,
    ...(note.filing.state === 'filed' ? { document: note.filing.documentReference } : {}),
    ...doer(caller),
  })
  return note
}

const filedOf = (house: House, { visit, organisation }: Party, note: Final): Filed => {
  if (visit.status !== 'finished') throw new Refusal('visit-not-finished')
  return { visit, note, system: house.config.url, timeZone: organisation.timeZone }
}

const encounterIn = (of: { readonly encounter?: `Encounter/${string}` } | Filing) =>
  'encounter' in of && of.encounter !== undefined ? { encounter: of.encounter } : {}

const reply = (note: Final): Reply => ({ body: noteView(note), etag: note.version })
