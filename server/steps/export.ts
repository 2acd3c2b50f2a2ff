// A signed note to be taken along, wherever it stands on its way to the chart: as text, as a PDF, or as a FHIR document.
// Refuses (`note-not-signed`) what nobody has signed; the PDF also what it cannot show (`note-unprintable`).

import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { documentOf } from '../domain/note/fhir-document.ts'
import { filingInterrupted, signedNote } from '../domain/note/note.ts'
import { fileName, type NoteCopy, pageOf, pageText } from '../domain/note/printed.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { issuerOf } from '../settings/issuer.ts'
import type { ExportNote } from '../wire/wire.ts'
import type { File, GivesFile } from './step.ts'

export async function exportNote(house: House, caller: Party, { as }: ExportNote): Promise<GivesFile> {
  const { visit, launch, organisation } = caller
  const note = await house.notes.get(visit.id)
  if (note === undefined) throw new Refusal('note-not-signed')
  const now = house.now()
  const { noteType } = issuerOf(house.config, launch).issuer
  const file = await files[as](house, {
    visit,
    now,
    iss: launch.iss,
    system: house.config.url,
    // A filing that a restart cut short is told as what it is: unknown.
    note: signedNote(filingInterrupted(note, house.holder, now)),
    clinic: organisation.name,
    timeZone: organisation.timeZone,
    ...given({ noteType }),
  })
  await house.happened(caller, 'note-exported', { code: as })
  return { file }
}

type Make = (house: House, copy: NoteCopy) => Promise<File>

const files: Readonly<Record<ExportNote['as'], Make>> = {
  text: async (_house, copy) => ({
    type: 'text/plain; charset=utf-8',
    name: fileName(copy, 'txt'),
    bytes: Buffer.from(pageText(pageOf(copy)), 'utf8'),
  }),
  pdf: async (house, copy) => ({
    type: 'application/pdf',
    name: fileName(copy, 'pdf'),
    bytes: await house.print(pageOf(copy)),
  }),
  fhir: async (_house, copy) => ({
    type: 'application/fhir+json; charset=utf-8',
    name: fileName(copy, 'json'),
    bytes: Buffer.from(JSON.stringify(documentOf(copy), null, 2), 'utf8'),
  }),
}
