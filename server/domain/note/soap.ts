// The text of a SOAP note: four sections, in the order a clinician writes them.
import { soapTitles } from './words.ts'

export type Soap = {
  readonly subjective: string
  readonly objective: string
  readonly assessment: string
  readonly plan: string
}
export const emptySoap: Soap = { subjective: '', objective: '', assessment: '', plan: '' }

export const isEmpty = (soap: Soap): boolean => sections(soap).every(([, , text]) => text.trim() === '')

/** The four sections with their LOINC codes, in the order a SOAP note has them. */
export const sections = (soap: Soap) =>
  [
    [soapTitles.subjective, '61150-9', soap.subjective],
    [soapTitles.objective, '61149-1', soap.objective],
    [soapTitles.assessment, '51848-0', soap.assessment],
    [soapTitles.plan, '18776-5', soap.plan],
  ] as const

export const sameSoap = (a: Soap, b: Soap): boolean =>
  sections(a).every(([, , text], i) => text === sections(b)[i]?.[2])
