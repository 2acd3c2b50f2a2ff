// The SOAP note: reading it, saving while typing, signing. Refuses a text older than the one kept, and a change after the signature.
import { amendsBy, lackingWhileBusy } from '../domain/ehr/capability.ts'
import { Refusal } from '../domain/errors.ts'
import { plus } from '../domain/instant.ts'
import { wentElsewhere } from '../domain/note/ledger.ts'
import { amended, amendmentDropped, filingInterrupted, type Note, saved, signed } from '../domain/note/note.ts'
import { emptySoap } from '../domain/note/soap.ts'
import { retention } from '../domain/retention.ts'
import { oneAtATime } from '../filing/lease.ts'
import type { AtVisit, Party } from '../house/caller.ts'
import { lacking } from '../house/ehrs.ts'
import type { House } from '../house/house.ts'
import { noteView } from '../house/views.ts'
import type { AmendNote, NoteView, SaveNote } from '../wire/wire.ts'
import type { Numbered } from './step.ts'

export async function readNote(house: House, caller: AtVisit): Promise<Numbered<NoteView>> {
  const { visit } = caller
  const now = house.now()
  const cut = (n: Note) => filingInterrupted(n, house.holder, now)
  const kept = await house.notes.get(visit.id)
  const note = kept === undefined || cut(kept) === kept ? kept : (await house.notes.change(visit.id, cut)).after
  await house.happened(caller, 'note-opened')
  return reply(note)
}

/** Keeps a text with If-Match: a second window's older text is refused, never merged. */
export async function saveNote(
  house: House,
  caller: AtVisit,
  text: SaveNote,
  match: number | undefined,
): Promise<Numbered<NoteView>> {
  const { visit } = caller
  const { follows, ...soap } = text
  const version = given(match)
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
  if ((await house.notes.get(visit.id)) === undefined) await begin(house, caller)
  const now = house.now()
  const { after: note } = await house.notes.change(visit.id, (n) => saved(n, soap, version, now, follows))
  await house.happened(caller, 'note-saved')
  return reply(note)
}

/** Signs the text of the version in If-Match: nobody signs what they have not seen. */
export async function signNote(
  house: House,
  caller: AtVisit,
  _body: object,
  match: number | undefined,
): Promise<Numbered<NoteView>> {
  const { visit, person } = caller
  const version = given(match)
  if ((await house.notes.get(visit.id)) === undefined) throw new Refusal('note-empty')
  const now = house.now()
  const { after: note } = await house.notes.change(visit.id, (n) => signed(n, version, person, now))
  await house.happened(caller, 'note-signed')
  return reply(note)
}

/**
 * Opens a signed note again, or with `drop` gives the amendment up. What is in the chart stays there until the new text is filed.
 * Refuses `amend-refused` where the EHR takes no second version: nobody should write what cannot be filed.
 */
export function amendNote(house: House, caller: Party, { drop = false }: AmendNote): Promise<Numbered<NoteView>> {
  const { visit, person, launch } = caller
  return oneAtATime(house, visit.id, async () => {
    const kept = await house.notes.get(visit.id)
    if (kept === undefined) throw new Refusal('note-not-signed')
    if (kept.docStatus === 'final' && kept.filing.state === 'filed') {
      if (wentElsewhere(kept.filing, launch.iss)) throw new Refusal('amend-refused')
      const profile = await house.profile(launch)
      if (amendsBy(profile) === undefined)
        throw lacking(house, 'amend-refused', lackingWhileBusy(profile, 'replaceNotes', 'updateNotes'))
    }
    const now = house.now()
    const change = (n: Note) => (drop ? amendmentDropped(n, person.who, now) : amended(n, person.who))
    const { after: note } = await house.notes.change(visit.id, change)
    const code = drop ? 'dropped' : 'begun'
    await house.happened(caller, 'note-amended', { code })
    return reply(note)
  })
}

/** The empty note; its visit is kept as long as it. */
async function begin(house: House, { visit, person, organisation }: AtVisit): Promise<void> {
  const now = house.now()
  const expiresAt = plus(now, retention.note)
  await house.visits.change(visit.id, (v) => ({ ...v, expiresAt }))
  const kept = { id: visit.id, revision: 0, expiresAt, organisation: organisation.id, author: person.who }
  await house.addOnce<Note>(house.notes, {
    ...kept,
    version: 0,
    soap: emptySoap,
    savedAt: now,
    docStatus: 'preliminary',
  })
}

function given(match: number | undefined): number {
  if (match === undefined) throw new Refusal('if-match-required')
  return match
}

const reply = (note: Note | undefined): Numbered<NoteView> => ({ body: noteView(note), etag: note?.version ?? 0 })
