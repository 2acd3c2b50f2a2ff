// What we read from an EHR, checked before anyone trusts it. Loose: members we do not use pass through untouched,
// so that a resource written back loses nothing.
import { z } from 'zod'
import { chartReadable } from './chart-resources.ts'
import { coding, concept, identifier, list, name, object, period, reference, resourceBase, status } from './shapes.ts'

const attachment = object({
  contentType: z.string().exactOptional(),
  data: z.string().exactOptional(),
  url: z.string().exactOptional(),
})

export const readable = {
  Appointment: object({
    ...resourceBase,
    resourceType: z.literal('Appointment'),
    status: status(),
    start: z.string().exactOptional(),
    end: z.string().exactOptional(),
    description: z.string().exactOptional(),
    patientInstruction: z.string().exactOptional(),
    reasonCode: list(concept).exactOptional(),
    serviceType: list(concept).exactOptional(),
    // One that names nobody any more must be read as such.
    participant: list(
      object({
        actor: reference.exactOptional(),
        status: z.string().exactOptional(),
        // As it came: what is odd in it may hide nobody (domain/ehr/interpreter.ts).
        type: z.unknown().exactOptional(),
      }),
    ).default([]),
  }),
  Patient: object({
    ...resourceBase,
    resourceType: z.literal('Patient'),
    name: list(name).exactOptional(),
    birthDate: z.string().exactOptional(),
    // Both of whatever shape: the rules of telephones and of mergers read them (domain/ehr), and nothing odd in them may hide a record.
    telecom: z.unknown().exactOptional(),
    link: z.unknown().exactOptional(),
    communication: list(
      object({ language: concept, preferred: z.boolean().exactOptional() }),
      'language',
    ).exactOptional(),
  }),
  Practitioner: object({
    ...resourceBase,
    resourceType: z.literal('Practitioner'),
    name: list(name).exactOptional(),
  }),
  PractitionerRole: object({
    ...resourceBase,
    resourceType: z.literal('PractitionerRole'),
    practitioner: reference.exactOptional(),
    active: z.boolean().exactOptional(),
    // As it came: what is odd in it may hide no role (domain/ehr/profession.ts).
    code: z.unknown().exactOptional(),
  }),
  Person: object({
    ...resourceBase,
    resourceType: z.literal('Person'),
    active: z.boolean().exactOptional(),
    link: list(object({ target: reference, assurance: z.string().exactOptional() }), 'target').exactOptional(),
  }),
  RelatedPerson: object({
    ...resourceBase,
    resourceType: z.literal('RelatedPerson'),
    active: z.boolean().exactOptional(),
    // Whom nobody says they act for, they act for nobody.
    patient: reference.default({}),
    name: list(name).exactOptional(),
    telecom: z.unknown().exactOptional(),
    period: period.exactOptional(),
  }),
  Encounter: object({
    ...resourceBase,
    resourceType: z.literal('Encounter'),
    status: status(),
    class: coding.exactOptional(),
    type: list(concept).exactOptional(),
    identifier: list(identifier).exactOptional(),
    subject: reference.exactOptional(),
    appointment: list(reference).exactOptional(),
    participant: list(object({ individual: reference.exactOptional() })).exactOptional(),
    statusHistory: list(object({})).exactOptional(),
    period: period.exactOptional(),
  }),
  Consent: object({
    ...resourceBase,
    resourceType: z.literal('Consent'),
    status: status(),
    provision: object({ period: period.exactOptional() }).exactOptional(),
  }),
  DocumentReference: object({
    ...resourceBase,
    resourceType: z.literal('DocumentReference'),
    status: status(),
    docStatus: z.string().exactOptional(),
    date: z.string().exactOptional(),
    author: list(reference).exactOptional(),
    identifier: list(identifier).exactOptional(),
    subject: reference.exactOptional(),
    context: object({ encounter: list(reference).exactOptional() }).exactOptional(),
    type: concept.exactOptional(),
    description: z.string().exactOptional(),
    content: list(object({ attachment: attachment.default({}) })).default([]),
  }),
  ...chartReadable,
} as const

export type Readable = typeof readable
export type ReadType = keyof Readable
export type Resource<T extends ReadType> = z.infer<Readable[T]>

/**
 * What is left of a resource that nobody can read: all it says, as JSON, for whether a mark or a reference stands anywhere in it; and when it
 * was last changed, and what it is dated, as far as it says so.
 */
export type Unread = { readonly json: string; readonly lastUpdated?: string; readonly date?: string }

export function tracesOf(resource: unknown): Unread {
  const [changed, dated] = [Changed.safeParse(resource).data, Dated.safeParse(resource).data]
  return { json: JSON.stringify(resource) ?? '', ...changed?.meta, ...(dated && { date: dated.date }) }
}
const Changed = z.object({ meta: z.object({ lastUpdated: z.string() }) })
const Dated = z.object({ date: z.string() })

/** One page of a search: what its entries are is read one by one, so that an odd one closes no page. */
export const SearchPage = object({
  resourceType: z.literal('Bundle'),
  link: list(object({ relation: z.string().exactOptional(), url: z.string().exactOptional() })).exactOptional(),
  entry: list(object({ resource: z.unknown().optional() })).exactOptional(),
})
export type SearchPage = z.infer<typeof SearchPage>

/** The answer to a transaction. */
export const Bundle = object({
  resourceType: z.literal('Bundle'),
  entry: list(
    object({
      response: z
        .looseObject({ status: status(), location: z.string().exactOptional(), etag: z.string().exactOptional() })
        .exactOptional(),
    }),
  ).exactOptional(),
})

export const CapabilityStatement = object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string(),
  publisher: z.string().exactOptional(),
  software: object({ name: z.string().exactOptional() }).exactOptional(),
  rest: list(
    object({
      mode: z.string().exactOptional(),
      interaction: list(object({ code: z.string() }), 'code').exactOptional(),
      resource: list(
        object({
          type: z.string(),
          interaction: list(object({ code: z.string() }), 'code').exactOptional(),
          conditionalCreate: z.boolean().exactOptional(),
          searchInclude: list(z.string()).exactOptional(),
          searchParam: list(object({ name: z.string() }), 'name').exactOptional(),
        }),
        'type',
      ).exactOptional(),
    }),
  ).exactOptional(),
})

const OperationOutcome = object({
  resourceType: z.literal('OperationOutcome'),
  issue: list(
    object({
      severity: z.string().exactOptional(),
      code: z.string().exactOptional(),
      details: object({ coding: list(coding).exactOptional() }).exactOptional(),
    }),
  ).default([]),
})

/** The OperationOutcome a body is; undefined when it is none. */
export function readOutcome(body: unknown): z.infer<typeof OperationOutcome> | undefined {
  const read = OperationOutcome.safeParse(body)
  return read.success ? read.data : undefined
}
