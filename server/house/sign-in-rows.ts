// How the rows of sign-ins are read back, those under way too.
import { z } from 'zod'
import { languages } from '../domain/ehr/languages.ts'
import { type Style, styleMembers } from '../domain/ehr/style.ts'
import type { Launch, Pending } from '../domain/sign-in/launch.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { base, everyRow, text } from './row-parts.ts'

const at = text<Visit['start']>()
const style = z.partialRecord(z.enum(styleMembers), z.string()) as z.ZodType<Style> // sound: as the enum says

const people = z.enum(['clinicians', 'patients']).exactOptional()

export const LaunchRow: z.ZodType<Launch> = z.object({
  ...everyRow<Launch['id']>(),
  organisation: text<Launch['organisation']>(),
  iss: base,
  people,
  role: z.enum(['clinician', 'patient', 'representative']),
  fhirUser: text<Launch['fhirUser']>(),
  name: z.string(),
  phone: z.string().exactOptional(),
  // A language that an app before or after this one has, and this one has not, says nothing here.
  speaks: z.array(z.enum(languages)).catch([]).exactOptional(),
  self: z.array(text<Launch['fhirUser']>()),
  rolesUnread: z.literal(true).exactOptional(),
  profession: z.string().exactOptional(),
  patients: z.array(text<Launch['patients'][number]>()),
  patient: text<Launch['patients'][number]>().exactOptional(),
  encounter: text<NonNullable<Launch['encounter']>>().exactOptional(),
  appointment: text<NonNullable<Launch['appointment']>>().exactOptional(),
  appointments: z.array(text<NonNullable<Launch['appointment']>>()).exactOptional(),
  patientBanner: z.boolean(),
  standalone: z.literal(true).exactOptional(),
  patientUnasked: z.literal(true).exactOptional(),
  style: style.exactOptional(),
  secretHash: z.string(),
  windowHash: z.string().exactOptional(),
  handOver: z
    .object({ keyHash: z.string(), expiresAt: at, visit: text<Visit['id']>().exactOptional() })
    .exactOptional(),
  tokens: z.object({
    accessToken: z.string(),
    refreshToken: z.string().exactOptional(),
    refreshUse: z.enum(['sent', 'lasting']).exactOptional(),
    expiresAt: at.exactOptional(),
    scope: z.string(),
    issuedBy: z.string().exactOptional(),
  }),
  ...{ startedAt: at, seenAt: at, endsAt: at },
  visits: z.array(text<Launch['visits'][number]>()),
  actingReadAt: at.exactOptional(),
  notFound: z.array(text<Launch['visits'][number]>()).exactOptional(),
})

export const PendingRow: z.ZodType<Pending> = z.object({
  id: z.string(),
  revision: z.int(),
  expiresAt: at,
  organisation: text<Pending['organisation']>(),
  iss: base,
  people,
  standalone: z.literal(true).exactOptional(),
  nonce: z.string(),
  codeVerifier: z.string(),
  server: z.object({ issuers: z.array(z.string()), authorize: z.string(), token: z.string() }).exactOptional(),
  secretHash: z.string(),
  spent: z.boolean(),
  refused: z.literal(true).exactOptional(),
})
