// How a person's word on telehealth is read back with its visit.
import { z } from 'zod'
import { languages } from '../domain/ehr/languages.ts'
import type { TelehealthConsent } from '../domain/visit/consent-shape.ts'
import { base, text } from './row-parts.ts'

const at = text<TelehealthConsent['at']>()
export const ConsentRow: z.ZodType<TelehealthConsent> = z.object({
  who: text<TelehealthConsent['who']>(),
  as: z.enum(['patient', 'representative']),
  name: z.string(),
  version: z.string(),
  language: z.enum(languages),
  hash: z.string(),
  at,
  withdrawnAt: at.exactOptional(),
  inChart: z.object({ iss: base, consent: text<`Consent/${string}`>() }).exactOptional(),
  phone: z.string().exactOptional(),
})
