// Notes in the chart: the list of them, and the one text that may be shown in our page. Shows plain text alone: what is formatted is the EHR's
// to show, and nothing of it runs here. Refuses a text that is not what it says it is, and one too long to be read beside a call.
import { given } from '../given.ts'
import { type Coded, dateSaid, lineOf, newestFirst, type Reference, readableWords } from './fhir-parts.ts'
import type { EarlierNote, NoteFormat } from './shown.ts'

export type Attachment = {
  readonly contentType?: string
  readonly data?: string
  readonly url?: string
}

type DocumentIn = {
  readonly id: string
  readonly status: string
  readonly docStatus?: string
  readonly type?: Coded
  readonly description?: string
  readonly date?: string
  readonly author?: readonly Reference[]
  readonly content: readonly { readonly attachment: Attachment }[]
}

const formats: Readonly<Record<string, NoteFormat>> = {
  'text/plain': 'text',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
  'text/xml': 'xml',
  'application/xml': 'xml',
}

/** By its media type alone, whatever stands behind it (RFC 9110, 8.3.1). */
export function formatOf(contentType: string | undefined): NoteFormat {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return formats[type] ?? (type.startsWith('image/') ? 'picture' : 'other')
}

/** Plain text before anything else, for that can be read here. */
export const contentOf = ({ content }: Pick<DocumentIn, 'content'>): Attachment | undefined =>
  (content.find(({ attachment }) => formatOf(attachment.contentType) === 'text') ?? content[0])?.attachment

/** Newest first. */
export function notesIn(found: readonly DocumentIn[]): readonly EarlierNote[] {
  const rows = found.flatMap((of): readonly EarlierNote[] => {
    if (of.status === 'entered-in-error' || of.docStatus === 'entered-in-error') return []
    const attachment = contentOf(of)
    const name = readableWords(of.type) ?? lineOf(of.description)
    const told = given({ name, at: dateSaid(of.date), author: lineOf(of.author?.[0]?.display) })
    const format = attachment === undefined ? 'none' : formatOf(attachment.contentType)
    return [{ id: of.id, state: stateOf(of), format, ...told }]
  })
  return newestFirst(rows, ({ at }) => at)
}

function stateOf({ status, docStatus }: Pick<DocumentIn, 'status' | 'docStatus'>): EarlierNote['state'] {
  if (status === 'superseded') return 'superseded'
  return docStatus === 'preliminary' || docStatus === 'final' || docStatus === 'amended' ? docStatus : 'unsaid'
}

/** In characters, and as base64 in the answer. */
const longest = 200_000

/** The text of base64 that says it is plain text; or why there is none to show. */
export function textShown(data: string): { readonly text: string } | 'not-text' | 'too-large' | 'empty' {
  if (data.length > longest * 2) return 'too-large'
  const text = decoded(Buffer.from(data, 'base64'))
  if (text === undefined || text.includes('\0') || looksOtherwise.test(text)) return 'not-text'
  if (text.length > longest) return 'too-large'
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
  return plain.trim() === '' ? 'empty' : { text: plain }
}

/** Undefined for what is no UTF-8: signs put in for it would be read as if somebody had written them. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A file of another kind under the name of a text, by its first signs. */
const looksOtherwise = /^\s*(?:%PDF-|\{\\rtf|<!doctype html|<html)/i
