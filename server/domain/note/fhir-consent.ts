// A person's consent to telehealth as a FHIR Consent (http://hl7.org/fhir/R4/consent.html): the clinic's very text in it, and the visit it is for.
// Pure; whether an EHR takes it is decided by the filing.
import { createHash } from 'node:crypto'
import type { Consent } from 'fhir/r4'
import type { Instant } from '../ids.ts'
import type { ConsentWording } from '../visit/consent.ts'
import type { TelehealthConsent } from '../visit/consent-shape.ts'
import type { Visit } from '../visit/visit-shape.ts'

/** `system` names our deployment: our own origin; `clinic` is the organisation's name. */
type ConsentForChart = {
  readonly visit: Visit
  readonly said: TelehealthConsent
  readonly wording: ConsentWording
  readonly system: string
  readonly clinic: string
}

export function telehealthConsentOf({ visit, said, wording, system, clinic }: ConsentForChart): Consent {
  const { version, language, text, date } = wording
  return {
    resourceType: 'Consent',
    identifier: [{ system: `${system}/consents`, value: `${visit.id}.${visit.opening}.${Date.parse(said.at)}` }],
    status: 'active',
    scope: { coding: [{ system: scopes, code: 'treatment', display: 'Treatment' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Patient Consent' }] }],
    patient: { reference: visit.patient },
    dateTime: said.at,
    performer: [{ reference: said.who, display: said.name }],
    organization: [{ display: clinic }],
    // Without a policy, or a rule, R4 takes none (ppc-1). It names the text, and leads nowhere.
    policy: [{ uri: `${system}/consent-texts/${visit.organisation}/${version}/${language}` }],
    sourceAttachment: {
      contentType: 'text/plain;charset=utf-8',
      language,
      title: `Consent to telehealth, version ${version}`,
      creation: date,
      data: Buffer.from(text, 'utf8').toString('base64'),
      // R4 has SHA-1 here, as a checksum; what was agreed to is held by our own SHA-256.
      hash: createHash('sha1').update(text).digest('base64'),
    },
    provision: {
      type: 'permit',
      period: { start: said.at },
      data: [{ meaning: 'related', reference: { reference: `Appointment/${visit.appointment}` } }],
    },
  }
}

/** Taken back: no longer active, from then on; all else stays as the EHR keeps it. */
export const consentWithdrawn = <C extends { readonly provision?: { readonly period?: object } }>(
  kept: C,
  at: Instant,
) => ({
  ...kept,
  status: 'inactive',
  provision: { ...kept.provision, period: { ...kept.provision?.period, end: at } },
})

const scopes = 'http://terminology.hl7.org/CodeSystem/consentscope'
