// The text of one note of a patient's chart, read beside the video: the document first, for whose it is, and then its content. Follows an
// attachment to a Binary of the same EHR, and nowhere else. Shows nothing that is formatted.
import { contentOf, formatOf, textShown } from '../domain/chart/notes.ts'
import { isPatientOf } from '../domain/ehr/merged.ts'
import { idOf, relativeTo } from '../domain/ehr/reference.ts'
import { covers } from '../domain/ehr/scopes.ts'
import type { ChartNoteView } from '../wire/wire.ts'
import type { Party } from './caller.ts'
import { lackBy, lackOf } from './chart.ts'
import type { House } from './house.ts'

/** `document` is a DocumentReference's id. One that is another patient's is as if it were not there. */
export async function noteOfChart(house: House, caller: Party, document: string): Promise<ChartNoteView> {
  const { verdicts } = await house.profile(caller.launch, 'briefly')
  const lack = lackOf(verdicts.readNotes)
  if (lack !== undefined) return lack
  try {
    return await readNote(house, caller, document)
  } catch (cause) {
    return lackBy(cause)
  }
}

async function readNote(house: House, { launch, visit }: Party, document: string): Promise<ChartNoteView> {
  const ehr = house.ehr(launch, house.happened)
  const whose = relativeTo(launch.iss)
  const found = (await ehr.read('DocumentReference', document))?.resource
  if (found === undefined || !isPatientOf(visit, whose(found.subject?.reference ?? ''))) return { outcome: 'gone' }
  const attachment = contentOf(found)
  if (attachment === undefined) return { outcome: 'empty' }
  if (formatOf(attachment.contentType) !== 'text') return { outcome: 'elsewhere' }
  if (attachment.data !== undefined) return shown(attachment.data)
  const binary = whose(attachment.url ?? '')
  if (binary === undefined || !binary.startsWith('Binary/')) return { outcome: 'elsewhere' }
  if (!covers(launch.tokens.scope, 'Binary', 'r')) return { outcome: 'not-granted' }
  const content = (await ehr.read('Binary', idOf(binary)))?.resource
  if (content === undefined) return { outcome: 'gone' }
  // What it says of itself counts, whatever the document says of it.
  if (formatOf(content.contentType) !== 'text') return { outcome: 'not-text' }
  return content.data === undefined ? { outcome: 'empty' } : shown(content.data)
}

function shown(data: string): ChartNoteView {
  const read = textShown(data)
  return typeof read === 'string' ? { outcome: read } : { outcome: 'read', text: read.text }
}
