// The SOAP note: reading it, saving while typing, signing. Refuses a text older than the one kept, and a change after the signature.
import { Refusal } from '../domain/errors.ts'
import { plus } from '../domain/instant.ts'
import { emptySoap, filingInterrupted, type Note, saved, signed } from '../domain/note.ts'
import { doer, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import { noteView } from '../views.ts'
import type { SoapText } from '../wire.ts'
import type { Reply } from './step.ts'

const keptSeconds = 365 * 24 * 3600

export async function readNote(house: House, { visit }: Party): Promise<Reply> {
  const note = await house.notes.get(visit.id)
  const cut = note?.docStatus === 'final' && note.filing.state === 'pending' && note.filing.since < house.openedAt
  return reply(cut ? await house.notes.change(visit.id, (n) => filingInterrupted(n, house.now())) : note)
}

/** Keeps a text with If-Match: a second window's older text is refused, never merged. */
export async function saveNote(house: House, caller: Party, soap: SoapText, match: number | undefined): Promise<Reply> {
  const { visit } = caller
  const version = given(match)
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
  await house.addOnce(house.notes, blank(house, visit.id))
  const note = await house.notes.change(visit.id, (n) => saved(n, soap, version, house.now()))
  await house.record.audit({ event: 'note-saved', outcome: 'success', visit: visit.id, ...doer(caller) })
  return reply(note)
}

/** Signs the text of the version in If-Match: nobody signs what they have not seen. */
export async function signNote(house: House, caller: Party, _body: object, match: number | undefined): Promise<Reply> {
  const { visit, launch } = caller
  const version = given(match)
  if ((await house.notes.get(visit.id)) === undefined) throw new Refusal('note-empty')
  const note = await house.notes.change(visit.id, (n) => signed(n, version, launch, house.now()))
  await house.record.audit({ event: 'note-signed', outcome: 'success', visit: visit.id, ...doer(caller) })
  return reply(note)
}

const blank = (house: House, id: Note['id']): Note => {
  const now = house.now()
  return {
    id,
    revision: 0,
    expiresAt: plus(now, keptSeconds),
    version: 0,
    soap: emptySoap,
    savedAt: now,
    docStatus: 'preliminary',
  }
}

function given(match: number | undefined): number {
  if (match === undefined) throw new Refusal('if-match-required')
  return match
}

const reply = (note: Note | undefined): Reply => ({ body: noteView(note), etag: note?.version ?? 0 })
