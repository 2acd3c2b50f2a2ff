// Files a note into the chart: signed, or as a draft where the clinic allows it; and marks one that stands there as a mistake.
// Refuses a note that is not signed, by another than its signer, of a visit that goes on, and one whose outcome is unknown until a person decides.
import { may } from '../domain/ehr/capability.ts'
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
import { alone, settledNote } from '../filing/lease.ts'
import { markInError } from '../filing/mark-in-error.ts'
import type { AtVisit, Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { noteView } from '../house/views.ts'
import type { FileNote } from '../wire/wire.ts'
import type { Reply } from './step.ts'

/**
 * One press. A filed note stays as it is; an unknown one is looked for first, and sent again only when it is not there and the person
 * says `sendAgain`, having been told. Where the EHR cannot be asked, that word alone decides.
 */
export function file(house: House, caller: Party, { sendAgain = false }: FileNote): Promise<Reply> {
  return alone(house, caller, async () => {
    const before = await signerNote(house, caller)
    const doubtful = unsettled(before.earlier ?? []) !== undefined
    const note = signedNote(await withEarlierSettled(house, caller, before, sendAgain))
    // One press looks for what went before, and the next one sends.
    if (doubtful && !sendAgain) return reply(note)
    const { state } = note.filing
    if (state === 'filed' || state === 'entered-in-error') return reply(note)
    const known = state === 'unknown' ? signedNote(await settleUnknown(house, caller, entryOf(note), sendAgain)) : note
    const send = state !== 'unknown' || (sendAgain && known.filing.state === 'not-filed')
    return reply(send ? await attempt(house, caller, known, entryOf(known), filingBegun) : known)
  })
}

/** The text of the version in If-Match, not signed, as a draft: the next one takes its place, and so does the signed note. */
export function fileDraft(
  house: House,
  caller: Party,
  { sendAgain = false }: FileNote,
  match: number | undefined,
): Promise<Reply> {
  return alone(house, caller, async () => {
    if (match === undefined) throw new Refusal('if-match-required')
    const { person, launch, visit } = caller
    if (!may(await house.profile(launch), 'draftNotes')) throw new Refusal('draft-refused')
    const note = await settledNote(house, visit.id)
    if (note === undefined) throw new Refusal('note-empty')
    const doubtful = unsettled(note.earlier ?? []) !== undefined
    const known = await withEarlierSettled(house, caller, note, sendAgain)
    if (doubtful && !sendAgain) return reply(known)
    const now = house.now()
    const entry = { docStatus: 'preliminary', version: match, soap: known.soap, author: person.who } as const
    const begun = { ...entry, authorName: person.name, date: now, filing: { state: 'unfiled' } } as const
    return reply(await attempt(house, caller, known, begun, (n, sending) => draftBegun(n, match, person, sending, now)))
  })
}

/** Before another text goes, it must be known of every earlier one whether it arrived. */
async function withEarlierSettled(house: House, caller: Party, note: Note, sendAgain: boolean): Promise<Note> {
  const open = unsettled(note.earlier ?? [])
  return open === undefined ? note : settleUnknown(house, caller, open, sendAgain)
}

/** Marks the note in the chart entered-in-error; pressing twice changes nothing. Refuses `note-not-filed`, and `amend-refused` where the EHR takes no change. */
export function markNoteInError(house: House, caller: Party): Promise<Reply> {
  return alone(house, caller, async () => {
    const { launch, visit } = caller
    const note = await signerNote(house, caller)
    const { filing } = note
    if (filing.state === 'entered-in-error') return reply(note)
    if (filing.state !== 'filed') throw new Refusal(filing.state === 'unknown' ? 'filing-unknown' : 'note-not-filed')
    if (wentElsewhere(filing, launch.iss) || !may(await house.profile(launch), 'updateNotes'))
      throw new Refusal('amend-refused')
    await markInError(house.ehr(launch), caller, filing.documentReference)
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

const reply = (note: Note): Reply => ({ body: noteView(note), etag: note.version })
