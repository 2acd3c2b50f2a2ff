// Owns how Epic takes a clinical note: about a patient, on an existing encounter of theirs, of a type it knows, as plain text.
// Refuses everything else under Epic's numbers: 59108 for what is missing (400), 59012 for what is not taken (422).
import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Writing } from '../personality.ts'
import { epicRefusal } from './epic-codes.ts'

const Reference = z.looseObject({ reference: z.string().optional() })
const Attachment = z.looseObject({ contentType: z.string().optional(), data: z.string().optional() })
const Coding = z.looseObject({ system: z.string().optional(), code: z.string().optional() })

/** As much as the rules look at; whatever does not even fit in here, R4's own validation refuses. */
const Note = z.looseObject({
  resourceType: z.literal('DocumentReference'),
  status: z.string().optional(),
  docStatus: z.string().optional(),
  type: z.looseObject({ coding: z.array(Coding).optional() }).optional(),
  subject: Reference.optional(),
  content: z.array(z.looseObject({ attachment: Attachment })).optional(),
  context: z.looseObject({ encounter: z.array(Reference).optional() }).optional(),
})
type Note = z.infer<typeof Note>

/** LOINC types Epic maps to its note types; discharge summaries (18842-5) and patient instructions (69730-0) it leaves out. */
const noteTypes = new Set(['11506-3', '34117-2', '11488-4', '34111-5', '28570-0', '34748-4', '34746-8'])

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export function takeNote(resource: Resource, writing: Writing): Resource {
  const read = Note.safeParse(resource)
  if (!read.success) return resource
  const note = read.data
  if (writing.interaction === 'create') {
    mustHaveAll(note)
    mustBeOnTheirEncounter(note, writing)
    mustBeANote(note)
  }
  // Of several attachments Epic keeps the first, and does not say so.
  return { ...resource, content: note.content?.slice(0, 1) } as Resource
}

function mustHaveAll({ status, type, subject, content, context }: Note): void {
  const needed: [string, unknown][] = [
    ['status', status],
    ['type', type?.coding?.[0]?.code],
    ['subject', subject?.reference],
    ['context.encounter', context?.encounter?.[0]?.reference],
    ['content.attachment.contentType', content?.[0]?.attachment.contentType],
    ['content.attachment.data', content?.[0]?.attachment.data],
  ]
  const missing = needed.filter(([, value]) => value === undefined || value === '').map(([name]) => name)
  if (missing.length > 0) throw epicRefusal(400, '59108', missing.join(', '))
}

function mustBeOnTheirEncounter({ subject, context }: Note, { store, iss }: Writing): void {
  const local = (reference = '') => reference.replace(`${iss}/`, '')
  const [type, id = ''] = local(context?.encounter?.[0]?.reference).split('/')
  const encounter = type === 'Encounter' ? store.get('Encounter', id) : undefined
  if (!encounter) throw epicRefusal(422, '59012', 'context.encounter is no encounter here')
  if (encounter.subject?.reference !== local(subject?.reference)) {
    throw epicRefusal(422, '59012', 'context.encounter is of another patient')
  }
}

function mustBeANote({ status, docStatus = 'final', type, content }: Note): void {
  const refused = (why: string) => epicRefusal(422, '59012', why)
  if (status !== 'current') throw refused('status must be current')
  // preliminary files a draft, final a signed note.
  if (!['preliminary', 'final'].includes(docStatus)) throw refused('docStatus must be preliminary or final')
  const isKnown = type?.coding?.some(({ system, code = '' }) => system === 'http://loinc.org' && noteTypes.has(code))
  if (!isKnown) throw refused('type is none of the note types')
  const { contentType = '', data = '' } = content?.[0]?.attachment ?? {}
  if (!/^text\/plain\b/.test(contentType)) throw refused('content.attachment must be text/plain')
  if (!base64.test(data)) throw refused('content.attachment.data must be base64')
}
