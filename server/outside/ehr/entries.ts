// What a Bundle's answer says of each entry that was in it. Some servers call a batch "transaction-response": the whole is 200, and an entry
// may be refused all the same (FHIR R4, 3.1.0.11.1 and 3.1.0.11.2), so that each entry's own status decides.
// Believes no answer that it cannot tell whose it is.
import { z } from 'zod'
import { locationReference } from '../../domain/ehr/reference.ts'
import { listOf } from '../list-of.ts'
import { outcomeOf, type Write, type Written } from './write.ts'

/** What was asked in one entry. */
export type EntryAsked = Pick<Write, 'method' | 'path' | 'ifNoneExist'>

/**
 * One outcome for each entry that was asked, in their order. `certain`: nothing in the answer leaves open which entry it speaks of;
 * otherwise a refusal may be another entry's, and is worth a look. `apart`: an entry failed although the whole was taken.
 */
export type EntriesWritten = { readonly each: readonly Written[]; readonly certain: boolean; readonly apart: boolean }

const Answers = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: listOf(z.looseObject({ resource: z.unknown().optional(), response: z.unknown().optional() })).exactOptional(),
})
const Response = z.looseObject({
  status: z.unknown().optional(),
  location: z.unknown().optional(),
  etag: z.unknown().optional(),
  outcome: z.unknown().optional(),
})
const Typed = z.looseObject({ resourceType: z.string() })

export function entriesWritten(body: unknown, asked: readonly EntryAsked[]): EntriesWritten {
  const read = Answers.safeParse(body)
  const answers = (read.success ? (read.data.entry ?? []) : []).map(answerIn)
  const types = asked.map(typeOf)
  const named = answers.map((answer) => types.find((type) => names(answer, type)))
  const inPlace = answers.length === asked.length && named.every((type, n) => type === undefined || type === types[n])
  const each = asked.map((entry, n) => {
    const answer = inPlace ? answers[n] : answerNaming(answers, typeOf(entry))
    return answer === undefined ? unsaid : outcomeOf(entry, answer)
  })
  return { each, certain: inPlace && isClear(each), apart: answers.some(({ status }) => status >= 300) }
}

/** Where all were taken, or all refused, it does not matter which answer is whose; else what was taken must be named. */
const isClear = (each: readonly Written[]): boolean =>
  each.every(({ outcome }) => outcome === 'written') ||
  each.every(
    (w) => w.outcome === 'refused' || w.outcome === 'busy' || (w.outcome === 'written' && w.reference !== undefined),
  )

const unsaid: Written = { outcome: 'unknown' }
const typeOf = ({ path }: EntryAsked) => path.split('/')[0] ?? ''

type Answer = Parameters<typeof outcomeOf>[1]

function answerIn({ resource, response }: { readonly resource?: unknown; readonly response?: unknown }): Answer {
  const read = Response.safeParse(response)
  const { status, location, etag, outcome } = read.success ? read.data : {}
  const text = (of: unknown) => (typeof of === 'string' ? of : null)
  return {
    status: statusIn(status),
    body: resource,
    outcome: outcome ?? resource,
    location: text(location),
    etag: text(etag),
  }
}

/** "201", "201 Created": the number it begins with (R4, Bundle.entry.response.status). 0 where there is none. */
function statusIn(status: unknown): number {
  const [, digits] = /^(\d{3})(?:\D|$)/.exec(typeof status === 'string' ? status.slice(0, 100) : '') ?? []
  return Number(digits ?? 0)
}

function names({ body, location }: Answer, type: string): boolean {
  const resource = Typed.safeParse(body)
  if (resource.success && resource.data.resourceType === type) return true
  return locationReference(location ?? '', type) !== undefined
}

/** Out of their order, only what names itself is believed, and only that it was taken: whose a refusal is, nobody knows. */
function answerNaming(answers: readonly Answer[], type: string): Answer | undefined {
  const [only, another] = answers.filter((answer) => names(answer, type))
  return only !== undefined && another === undefined && only.status < 300 ? only : undefined
}
