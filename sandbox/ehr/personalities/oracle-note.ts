// Owns how Oracle Health takes a document: signed, by the one who is signed in, with every time it keeps told.
// Refuses with 422 everything else. The encounter is optional.
import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import { refuse } from '../fhir/outcomes.ts'
import type { Writing } from '../personality.ts'

const Text = z.string().optional()
const Reference = z.looseObject({ reference: Text })
const Attachment = z.looseObject({ contentType: Text, data: Text, creation: Text })

/** As much as the rules look at; whatever does not even fit in here, R4's own validation refuses. */
const Note = z.looseObject({
  status: Text,
  docStatus: Text,
  type: z.looseObject({ coding: z.array(z.looseObject({ system: Text })).optional() }).optional(),
  subject: Reference.optional(),
  author: z.array(Reference).optional(),
  content: z.array(z.looseObject({ attachment: Attachment })).optional(),
  context: z
    .looseObject({ encounter: z.array(Reference).optional(), period: z.looseObject({ end: Text }).optional() })
    .optional(),
})
type Note = z.infer<typeof Note>

const contentTypes = /^(text\/(plain|rtf|richtext|html)|application\/(pdf|xml|xhtml\+xml)) *; *charset=[\w-]+$/i
const withTime = /T\d\d:\d\d/

export function mustBeOraclesNote(resource: Resource, writing: Writing): void {
  const read = Note.safeParse(resource)
  if (!read.success) return
  const note = read.data
  const { status, docStatus, subject, content, context } = note
  const attachment = content?.[0]?.attachment
  const isOnTheirEncounter = !context?.encounter || onTheirEncounter(note, writing)
  const rules: [boolean, string][] = [
    [status === 'current', 'status must be current'],
    [docStatus === 'final', 'docStatus must be final'],
    [subject?.reference !== undefined, 'subject is required'],
    [isByWhoIsSignedIn(note, writing), 'author must be the authorised user, alone'],
    [hasOneKindOfType(note), 'type must be coded in LOINC or in a codeSet, not in both'],
    [content?.length === 1, 'content must be one'],
    [contentTypes.test(attachment?.contentType ?? ''), 'content.attachment.contentType must name its charset'],
    [Boolean(attachment?.data), 'content.attachment.data is required'],
    [withTime.test(attachment?.creation ?? ''), 'content.attachment.creation is required, with time'],
    [withTime.test(context?.period?.end ?? ''), 'context.period.end is required, with time'],
    [isOnTheirEncounter, 'context.encounter must be one of this patient'],
  ]
  const broken = rules.filter(([isKept]) => !isKept).map(([, rule]) => rule)
  if (broken.length > 0) throw refuse(422, 'business-rule', `DocumentReference: ${broken.join('; ')}.`)
}

function isByWhoIsSignedIn({ author = [] }: Note, { user, store, iss }: Writing): boolean {
  const [type, id = ''] = user?.split('/') ?? []
  const person = type === 'PractitionerRole' ? store.get('PractitionerRole', id)?.practitioner?.reference : user
  return author.length === 1 && author[0]?.reference?.replace(`${iss}/`, '') === person
}

function hasOneKindOfType({ type }: Note): boolean {
  const systems = type?.coding?.map(({ system = '' }) => system) ?? []
  const areAll = (test: (system: string) => boolean) => systems.length > 0 && systems.every(test)
  return areAll((system) => system === 'http://loinc.org') || areAll((system) => /\/codeSet\/\d+$/.test(system))
}

function onTheirEncounter({ subject, context }: Note, { store, iss }: Writing): boolean {
  const local = (reference = '') => reference.replace(`${iss}/`, '')
  const [only, ...more] = context?.encounter ?? []
  const [, id = ''] = local(only?.reference).split('/')
  return more.length === 0 && store.get('Encounter', id)?.subject?.reference === local(subject?.reference)
}
