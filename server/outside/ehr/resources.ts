// What we read from an EHR, checked before anyone trusts it. Loose: members we do not use pass through untouched,
// so that a resource written back loses nothing.
import { z } from 'zod'
import { isFhirId } from '../../domain/ehr/reference.ts'
import { listOf } from '../list-of.ts'

const reference = z.looseObject({ reference: z.string().exactOptional(), display: z.string().exactOptional() })
const coding = z.looseObject({
  system: z.string().exactOptional(),
  code: z.string().exactOptional(),
  display: z.string().exactOptional(),
})
const concept = z.looseObject({ coding: listOf(coding).exactOptional(), text: z.string().exactOptional() })
const name = z.looseObject({
  use: z.string().exactOptional(),
  text: z.string().exactOptional(),
  family: z.string().exactOptional(),
  given: listOf(z.string()).exactOptional(),
  prefix: listOf(z.string()).exactOptional(),
  suffix: listOf(z.string()).exactOptional(),
})
const period = z.looseObject({ start: z.string().exactOptional(), end: z.string().exactOptional() })
const identifier = z.looseObject({ system: z.string().exactOptional(), value: z.string().exactOptional() })
// What has no id of FHIR's cannot be asked for again, nor referred to.
const id = z.string().refine(isFhirId)
const base = { id, meta: z.looseObject({ versionId: z.string().exactOptional() }).exactOptional() }
const extension = z.looseObject({ url: z.string(), valueBoolean: z.boolean().exactOptional() })

export const readable = {
  Appointment: z.looseObject({
    ...base,
    resourceType: z.literal('Appointment'),
    status: z.string(),
    start: z.string().exactOptional(),
    end: z.string().exactOptional(),
    description: z.string().exactOptional(),
    reasonCode: listOf(concept).exactOptional(),
    serviceType: listOf(concept).exactOptional(),
    // One that names nobody any more must be read as such.
    participant: listOf(
      z.looseObject({ actor: reference.exactOptional(), status: z.string().exactOptional() }),
    ).default([]),
  }),
  Patient: z.looseObject({
    ...base,
    resourceType: z.literal('Patient'),
    name: listOf(name).exactOptional(),
    birthDate: z.string().exactOptional(),
    communication: listOf(z.looseObject({ language: concept, preferred: z.boolean().exactOptional() })).exactOptional(),
    extension: listOf(extension).exactOptional(),
  }),
  Practitioner: z.looseObject({
    ...base,
    resourceType: z.literal('Practitioner'),
    name: listOf(name).exactOptional(),
  }),
  PractitionerRole: z.looseObject({
    ...base,
    resourceType: z.literal('PractitionerRole'),
    practitioner: reference.exactOptional(),
    active: z.boolean().exactOptional(),
  }),
  Person: z.looseObject({
    ...base,
    resourceType: z.literal('Person'),
    active: z.boolean().exactOptional(),
    link: listOf(z.looseObject({ target: reference, assurance: z.string().exactOptional() })).exactOptional(),
  }),
  RelatedPerson: z.looseObject({
    ...base,
    resourceType: z.literal('RelatedPerson'),
    active: z.boolean().exactOptional(),
    patient: reference,
    name: listOf(name).exactOptional(),
    period: period.exactOptional(),
  }),
  Encounter: z.looseObject({
    ...base,
    resourceType: z.literal('Encounter'),
    status: z.string(),
    class: coding.exactOptional(),
    identifier: listOf(identifier).exactOptional(),
    subject: reference.exactOptional(),
    appointment: listOf(reference).exactOptional(),
    participant: listOf(z.looseObject({ individual: reference.exactOptional() })).exactOptional(),
    location: listOf(z.looseObject({ location: reference })).exactOptional(),
    statusHistory: listOf(z.looseObject({ status: z.string(), period })).exactOptional(),
    period: period.exactOptional(),
  }),
  DocumentReference: z.looseObject({
    ...base,
    resourceType: z.literal('DocumentReference'),
    status: z.string(),
    docStatus: z.string().exactOptional(),
    date: z.string().exactOptional(),
    author: listOf(reference).exactOptional(),
    identifier: listOf(identifier).exactOptional(),
    subject: reference.exactOptional(),
    context: z.looseObject({ encounter: listOf(reference).exactOptional() }).exactOptional(),
    content: listOf(z.looseObject({ attachment: z.looseObject({ data: z.string().exactOptional() }) })),
  }),
} as const

export type Readable = typeof readable
export type ReadType = keyof Readable
export type Resource<T extends ReadType> = z.infer<Readable[T]>

export const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  link: listOf(z.looseObject({ relation: z.string(), url: z.string() })).exactOptional(),
  entry: listOf(
    z.looseObject({
      resource: z.looseObject({ resourceType: z.string(), id: z.string().exactOptional() }).exactOptional(),
      response: z
        .looseObject({ status: z.string(), location: z.string().exactOptional(), etag: z.string().exactOptional() })
        .exactOptional(),
    }),
  ).exactOptional(),
})
export type Bundle = z.infer<typeof Bundle>

export const CapabilityStatement = z.looseObject({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string(),
  publisher: z.string().exactOptional(),
  software: z.looseObject({ name: z.string().exactOptional() }).exactOptional(),
  rest: listOf(
    z.looseObject({
      interaction: listOf(z.looseObject({ code: z.string() })).exactOptional(),
      resource: listOf(
        z.looseObject({
          type: z.string(),
          interaction: listOf(z.looseObject({ code: z.string() })).exactOptional(),
          conditionalCreate: z.boolean().exactOptional(),
          searchInclude: listOf(z.string()).exactOptional(),
          searchParam: listOf(z.looseObject({ name: z.string() })).exactOptional(),
        }),
      ).exactOptional(),
    }),
  ).exactOptional(),
})

const OperationOutcome = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: listOf(
    z.looseObject({
      severity: z.string().exactOptional(),
      code: z.string().exactOptional(),
      details: z.looseObject({ coding: listOf(coding).exactOptional() }).exactOptional(),
    }),
  ),
})

/** The OperationOutcome a body is; undefined when it is none. */
export function readOutcome(body: unknown): z.infer<typeof OperationOutcome> | undefined {
  const read = OperationOutcome.safeParse(body)
  return read.success ? read.data : undefined
}
