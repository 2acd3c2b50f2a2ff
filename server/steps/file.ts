// Files a note into the chart: signed, or as a draft where the clinic allows it; and marks one that stands there as a mistake.
// Refuses: a note not signed; anyone but its signer; a visit still going on; an unknown outcome, until a person decides.
import { lackingWhileBusy, may } from '../domain/ehr/capability.ts'
import { Refusal } from '../domain/errors.ts'
import { unsettled, wentElsewhere } from '../domain/note/ledger.ts'
import {
  draftBegun,
  entryOf,
  type Final,
  filingBegun,
  markedInError,
  type Note,
  signedNote,
} from '../domain/note/note.ts'
import { attempt, settleUnknown } from '../filing/attempt.ts'
import { oneFilingAtATime, settledNote } from '../filing/lease.ts'
import { markInError } from '../filing/mark-in-error.ts'
import { knownByAll } from '../filing/survivor.ts'
import { requireConfirmed } from '../house/as-read.ts'
import type { AtVisit, Party } from '../house/caller.ts'
import { lacking } from '../house/ehrs.ts'
import type { House } from '../house/house.ts'
import { noteView } from '../house/views.ts'
import type { FileDraft, FileNote, NoteView } from '../wire/wire.ts'
import type { Numbered } from './step.ts'

/**
 * One press of the button. A filed note stays as it is; one whose outcome is unknown is looked for first, and sent again only when it is
 * not there and the person, having been told so, says `sendAgain`. Where the EHR cannot be asked, `sendAgain` alone decides. `onlyLook` looks
 * for what may have arrived, and sends nothing: another window may have found meanwhile that it did not.
 */
export function file(
  house: House,
  asked: Party,
  { onlyLook = false, anyway, ...more }: FileNote,
): Promise<Numbered<NoteView>> {
  const sendAgain = more.sendAgain === true && !onlyLook
  return oneFilingAtATime(house, asked, async (known) => {
    const before = await signerNote(house, known)
    if (inItsPlace.has(before.filing.state)) return reply(before)
    if (onlyLook && before.filing.state !== 'unknown') return reply(before)
    const caller = await requireConfirmed(house, known, anyway)
    const doubtful = unsettled(before.earlier ?? []) !== undefined
    const note = signedNote(await withEarlierSettled(house, caller, before, sendAgain))
    // If an earlier text is in doubt, this press only looks for it; the next one sends.
    if (doubtful && !sendAgain) return reply(note)
    const { state } = note.filing
    if (inItsPlace.has(state)) return reply(note)
    const found = state === 'unknown' ? signedNote(await settleUnknown(house, caller, entryOf(note), sendAgain)) : note
    const send = state !== 'unknown' || (sendAgain && found.filing.state === 'not-filed')
    return reply(send ? await attempt(house, caller, found, entryOf(found), filingBegun) : found)
  })
}

const inItsPlace: ReadonlySet<Final['filing']['state']> = new Set(['filed', 'entered-in-error'])

/** Files the text of the version in If-Match, not signed, as a draft; the next draft takes its place, and so does the signed note. */
export function fileDraft(
  house: House,
  asked: Party,
  { sendAgain = false, anyway }: FileDraft,
  match: number | undefined,
): Promise<Numbered<NoteView>> {
  return oneFilingAtATime(house, asked, async (known) => {
    if (match === undefined) throw new Refusal('if-match-required')
    const caller = await requireConfirmed(house, known, anyway)
    const { person, launch, visit } = caller
    const profile = await house.profile(launch)
    if (!may(profile, 'draftNotes')) throw lacking(house, 'draft-refused', lackingWhileBusy(profile, 'draftNotes'))
    const note = await settledNote(house, visit.id)
    if (note === undefined) throw new Refusal('note-empty')
    const doubtful = unsettled(note.earlier ?? []) !== undefined
    const settled = await withEarlierSettled(house, caller, note, sendAgain)
    if (doubtful && !sendAgain) return reply(settled)
    const now = house.now()
    const entry = { docStatus: 'preliminary', version: match, soap: settled.soap, author: person.who } as const
    const begun = { ...entry, authorName: person.name, date: now, filing: { state: 'unfiled' } } as const
    return reply(
      await attempt(house, caller, settled, begun, (n, sending) => draftBegun(n, match, person, sending, now)),
    )
  })
}

/** Before another text goes, it must be known whether each earlier one arrived. */
async function withEarlierSettled(house: House, caller: Party, note: Note, sendAgain: boolean): Promise<Note> {
  const unsettledEntry = unsettled(note.earlier ?? [])
  return unsettledEntry === undefined ? note : settleUnknown(house, caller, unsettledEntry, sendAgain)
}

/** Marks the note in the chart entered-in-error; pressing twice changes nothing. Refuses `note-not-filed`, and `amend-refused` where the EHR takes no change. */
export function markNoteInError(house: House, asked: Party): Promise<Numbered<NoteView>> {
  return oneFilingAtATime(house, asked, async (caller) => {
    const { launch, visit } = caller
    const note = await signerNote(house, caller)
    const { filing } = note
    if (filing.state === 'entered-in-error') return reply(note)
    if (filing.state !== 'filed') throw new Refusal(filing.state === 'unknown' ? 'filing-unknown' : 'note-not-filed')
    if (wentElsewhere(filing, launch.iss) || !may(await house.profile(launch), 'updateNotes'))
      throw new Refusal('amend-refused')
    await markInError(house.ehr(launch), await knownByAll(house, caller), filing.documentReference)
    const now = house.now()
    const marking = (n: Note) => markedInError(n, filing.documentReference, now)
    const { after: marked } = await house.notes.change(visit.id, marking)
    await house.happened(caller, 'note-marked-in-error', { document: filing.documentReference })
    return reply(marked)
  })
}

async function signerNote(house: House, { visit, person }: AtVisit): Promise<Final> {
  const note = signedNote((await settledNote(house, visit.id)) ?? noNote())
  if (note.signedBy !== person.who) throw new Refusal('signer-only')
  return note
}

function noNote(): never {
  throw new Refusal('note-not-signed')
}

const reply = (note: Note): Numbered<NoteView> => ({ body: noteView(note), etag: note.version })
