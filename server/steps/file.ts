// Files a signed note: the ledger row first, then the EHR, then the ledger's word on what became of it.
// Refuses a note that is not signed, by another than its signer, of a visit that goes on, and one whose outcome is unknown until it was looked for.
import { type Filed, noteHash } from '../domain/chart.ts'
import { Refusal } from '../domain/errors.ts'
import {
  type Filing,
  type Final,
  filingBegun,
  filingEnded,
  filingInterrupted,
  lookedFor,
  signedNote,
} from '../domain/note.ts'
import { type Attempt, fileOnce, fulfil, lookFor } from '../filing.ts'
import { doer, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import { noteView } from '../views.ts'
import type { Reply } from './step.ts'

export async function file(house: House, caller: Party): Promise<Reply> {
  const { visit, organisation } = caller
  if (visit.status !== 'finished') throw new Refusal('visit-not-finished')
  const note = await signerNote(house, caller)
  const filed = { visit, note, system: house.config.url, timeZone: organisation.timeZone }
  if (note.filing.state === 'filed') return reply(note)
  const settled = note.filing.state === 'unknown' ? await resolved(house, caller, filed) : note
  // After looking, the person decides: sending again is a second press, never ours.
  if (note.filing.state === 'unknown') return reply(settled)
  return reply(await sent(house, caller, filed))
}

async function signerNote(house: House, { visit, launch }: Party): Promise<Final> {
  if ((await house.notes.get(visit.id)) === undefined) throw new Refusal('note-not-signed')
  const note = signedNote(
    await house.notes.change(visit.id, (n) => (isCut(house, n) ? filingInterrupted(n, house.now()) : n)),
  )
  if (note.signedBy !== launch.fhirUser) throw new Refusal('signer-only')
  return note
}

const isCut = (house: House, note: Parameters<typeof filingInterrupted>[0]) =>
  note.docStatus === 'final' && note.filing.state === 'pending' && note.filing.since < house.openedAt

/** Looks for a note whose outcome is unknown. What the EHR does not answer stays unknown. */
async function resolved(house: House, caller: Party, filed: Filed): Promise<Final> {
  const { ehr, launch } = { ehr: house.ehr(caller.launch), launch: caller.launch }
  const capability = await ehr.capability()
  if (!capability.searches('DocumentReference', 'identifier')) throw new Refusal('filing-unknown')
  const found = await lookFor(ehr, filed)
  if (found === undefined) return ended(house, caller, (now) => lookedFor(filed.note.filing, now))
  const { filing } = filed.note
  const encounter = 'encounter' in filing && filing.encounter ? { encounter: filing.encounter } : {}
  const appointment = await fulfil(ehr, launch, filed)
  return ended(house, caller, (at) => ({ state: 'filed', at, documentReference: found, ...encounter, appointment }))
}

async function sent(house: House, caller: Party, filed: Filed): Promise<Final> {
  const { visit, launch } = caller
  const begun = await house.notes.change(visit.id, (n) => filingBegun(n, noteHash(filed), house.now()))
  const ledger = signedNote(begun)
  if (ledger.filing.state !== 'pending') return ledger
  await house.record.audit({
    event: 'note-filing',
    outcome: 'success',
    visit: visit.id,
    code: 'pending',
    ...doer(caller),
  })
  const ehr = house.ehr(launch)
  const attempt = await fileOnce(ehr, launch, filed, ledger.filing.encounter).catch(beforeSending)
  const appointment = attempt.outcome === 'filed' ? await fulfil(ehr, launch, filed) : 'left'
  return ended(house, caller, (at) => filingOf(attempt, at, ledger.filing, appointment))
}

/** What is refused before the first write (reading the EHR, refreshing the sign-in) left nothing behind. */
function beforeSending(cause: unknown): Attempt {
  if (!(cause instanceof Refusal)) return { outcome: 'unknown' }
  if (cause.code === 'ehr-session-ended' || cause.code === 'session-ended')
    return { outcome: 'not-filed', why: 'sign-in-ended' }
  if (cause.code === 'ehr-unreachable') return { outcome: 'not-filed', why: 'ehr-unreachable' }
  return { outcome: 'not-filed', why: cause.code === 'ehr-refused' ? 'ehr-refused' : 'ehr-failed' }
}

function filingOf(attempt: Attempt, at: Final['signedAt'], ledger: Filing, appointment: 'fulfilled' | 'left'): Filing {
  const encounter = attempt.encounter === undefined ? {} : { encounter: attempt.encounter }
  if (attempt.outcome === 'filed') {
    return { state: 'filed', at, documentReference: attempt.documentReference, ...encounter, appointment }
  }
  if (attempt.outcome === 'not-filed') return { state: 'not-filed', at, why: attempt.why, ...encounter }
  return { state: 'unknown', at, hash: ledger.state === 'pending' ? ledger.hash : '', ...encounter }
}

async function ended(house: House, caller: Party, filing: (now: Final['signedAt']) => Filing): Promise<Final> {
  const { visit } = caller
  const note = signedNote(await house.notes.change(visit.id, (n) => filingEnded(n, filing(house.now()))))
  const { state } = note.filing
  const outcome = state === 'filed' ? 'success' : 'failed'
  await house.record.audit({
    event: 'note-filing',
    outcome,
    visit: visit.id,
    code: state,
    ...(note.filing.state === 'filed' ? { document: note.filing.documentReference } : {}),
    ...doer(caller),
  })
  return note
}

const reply = (note: Final): Reply => ({ body: noteView(note), etag: note.version })
