// What is read of an EHR for the chart beside the video alone, checked as every other resource is. A Binary is its content and the kind it
// says it is; everything else is about one patient, and says whose it is.
import { z } from 'zod'
import { coding, concept, list, object, period, reference, resourceBase, status } from './shapes.ts'

const text = () => z.string().exactOptional()
const quantity = object({
  value: z.number().exactOptional(),
  comparator: text(),
  unit: text(),
  code: text(),
})
const valued = {
  valueQuantity: quantity.exactOptional(),
  valueString: text(),
  valueCodeableConcept: concept.exactOptional(),
  valueInteger: z.number().exactOptional(),
  valueBoolean: z.boolean().exactOptional(),
  dataAbsentReason: concept.exactOptional(),
}

export const chartReadable = {
  Condition: object({
    ...resourceBase,
    resourceType: z.literal('Condition'),
    clinicalStatus: concept.exactOptional(),
    verificationStatus: concept.exactOptional(),
    code: concept.exactOptional(),
    subject: reference.exactOptional(),
    onsetDateTime: text(),
    onsetPeriod: period.exactOptional(),
    onsetString: text(),
    recordedDate: text(),
  }),
  MedicationRequest: object({
    ...resourceBase,
    resourceType: z.literal('MedicationRequest'),
    status: status(),
    medicationCodeableConcept: concept.exactOptional(),
    medicationReference: reference.exactOptional(),
    contained: list(object({ id: text(), code: concept.exactOptional() })).exactOptional(),
    subject: reference.exactOptional(),
    authoredOn: text(),
    requester: reference.exactOptional(),
    reportedBoolean: z.boolean().exactOptional(),
    reportedReference: reference.exactOptional(),
    dosageInstruction: list(object({ text: text() })).exactOptional(),
  }),
  AllergyIntolerance: object({
    ...resourceBase,
    resourceType: z.literal('AllergyIntolerance'),
    clinicalStatus: concept.exactOptional(),
    verificationStatus: concept.exactOptional(),
    type: text(),
    criticality: text(),
    code: concept.exactOptional(),
    patient: reference.exactOptional(),
    recordedDate: text(),
    reaction: list(object({ manifestation: list(concept).exactOptional() })).exactOptional(),
  }),
  Observation: object({
    ...resourceBase,
    meta: object({ versionId: text(), tag: list(coding).exactOptional() }).exactOptional(),
    resourceType: z.literal('Observation'),
    status: status(),
    code: concept.exactOptional(),
    subject: reference.exactOptional(),
    effectiveDateTime: text(),
    effectiveInstant: text(),
    effectivePeriod: period.exactOptional(),
    performer: list(reference).exactOptional(),
    device: reference.exactOptional(),
    interpretation: list(concept).exactOptional(),
    referenceRange: list(
      object({
        low: quantity.exactOptional(),
        high: quantity.exactOptional(),
        type: concept.exactOptional(),
        text: text(),
      }),
    ).exactOptional(),
    ...valued,
    component: list(object({ code: concept.exactOptional(), ...valued })).exactOptional(),
  }),
  Binary: object({
    ...resourceBase,
    resourceType: z.literal('Binary'),
    contentType: text(),
    data: text(),
  }),
} as const
