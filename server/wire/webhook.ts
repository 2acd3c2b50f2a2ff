// What an organisation's webhook is told, as schemas: ids and times, no names and nothing of anybody's health.
import { z } from 'zod'
import { invitedRoles } from '../domain/visit/invitation-shape.ts'
import { happenings } from '../domain/visit/visit-shape.ts'
import { webhookEventTypes } from '../domain/webhook/event-types.ts'

/** Whose doing it was, or who came or went. */
export const sides = ['clinician', 'patient', 'representative', ...invitedRoles] as const

export const WebhookEvent = z.strictObject({
  type: z.enum(webhookEventTypes),
  /** When it happened: a FHIR instant. */
  timestamp: z.iso.datetime(),
  data: z.strictObject({
    /** As the settings name it. */
    organisation: z.string(),
    /** Ours: the same in the address of the visit's page. */
    visit: z.string(),
    by: z.enum(sides).exactOptional(),
    /** Of `visit.outcome_said`: what somebody says has happened. */
    outcome: z.enum(happenings).exactOptional(),
    /** `Appointment/…`, where the settings ask for it. */
    appointment: z.string().exactOptional(),
    /** The FHIR base URL that the Appointment is meant under, where the organisation has several EHRs with ids of their own. */
    base: z.string().exactOptional(),
  }),
})
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** What `npm run hooks -- try` sends: it is about no visit. */
export const WebhookTest = z.strictObject({
  type: z.literal('webhook.test'),
  timestamp: z.iso.datetime(),
  data: z.strictObject({ organisation: z.string() }),
})
export type WebhookTest = z.infer<typeof WebhookTest>
