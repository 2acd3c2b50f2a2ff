// What the file of organisations may hold: each clinic with its issuers, its Jitsi, its brand and its policies.
// Refuses what a clinic would stumble over later, in words an administrator can act on.

import { z } from 'zod'
import { languages } from '../domain/ehr/languages.ts'
import { given } from '../domain/given.ts'
import type { OrganisationId } from '../domain/ids.ts'
import { isScriptHash, type ScriptHash } from '../domain/visit/room-script.ts'
import { ConsentSetting, consentTrouble } from './consent-setting.ts'
import { always, IssuerEntry, origin, safeTransport } from './issuer-row.ts'
import { MailRow } from './mail.ts'
import { WebhookRow } from './webhook.ts'

const timeZone = z.string().refine(isTimeZone, { message: 'must be an IANA name such as America/New_York' })

/** What a clinic allows although, or unless, its EHR and its Jitsi could. */
export const Policies = z
  .strictObject({
    /** Make an Encounter where the EHR has none for the visit. */
    createEncounters: z.boolean().default(true),
    /** File a note that stands under no Encounter. */
    notesWithoutEncounter: z.boolean().default(true),
    /** Let a note that is not signed yet go into the chart as a draft. */
    drafts: z.boolean().default(false),
    /** Show a clinician the patient's chart beside the video, and ask the EHR for the scopes that this takes. */
    chart: z.boolean().default(false),
    /** Which name is shown in the room. */
    names: z.enum(['full', 'first-and-initial', 'role']).default('full'),
    /** Let a clinician record, once everyone in the visit has agreed. */
    recording: z.boolean().default(false),
    chat: z.boolean().default(true),
    screenShare: z.boolean().default(true),
    fileShare: z.boolean().default(false),
    polls: z.boolean().default(false),
    breakoutRooms: z.boolean().default(false),
    reactions: z.boolean().default(false),
    /** Encrypt between the browsers: by the videobridge only, in Chromium-like browsers only. */
    endToEnd: z.boolean().default(false),
    /** Never show one side the other's address. */
    relayOnly: z.boolean().default(false),
  })
  .refine((of) => !(of?.endToEnd === true && of.recording === true), {
    ...always,
    path: ['recording'],
    message: 'cannot be allowed together with "endToEnd": what is encrypted between the browsers cannot be recorded',
  })

const jitsiOrigin = origin.refine(safeTransport, { message: 'must be https (http is allowed on loopback only)' })
const subject = z.string().regex(/^[^\s*]+$/, 'must be a domain such as meet.jitsi, never *')
const tenant = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _')
/** Accepted by Prosody (JWT_ACCEPTED_ISSUERS, JWT_ACCEPTED_AUDIENCES). */
const accepted = z.string().min(1)
/** Where Prosody's list of rooms can be read from here, and by nobody else; http too, within your own network. */
const census = z.url({ protocol: /^https?$/ }).exactOptional()
const scriptHash = z.string().refine(isScriptHash, {
  message:
    'must be a hash such as npm run doctor prints it: sha384- or sha256- and base64, as in an integrity attribute',
}) as unknown as z.ZodType<ScriptHash> // sound: it passed this check
/** Which `external_api.js` of this Jitsi may run in our pages: one hash, or several while Jitsi is being updated. */
const script = z
  .preprocess(
    (given) => (typeof given === 'string' ? [given] : given),
    z.array(scriptHash).min(1, 'must hold a hash, or be left out'),
  )
  .exactOptional()
const realm = {
  /** Prosody's internal XMPP domain. */
  subject: subject.exactOptional(),
  /** The clinic's part of a Jitsi that several share: it stands before the room in the address, and is the token's `sub`. */
  tenant: tenant.exactOptional(),
}
const oneRealm = (of: { subject?: string; tenant?: string } | undefined) =>
  of?.subject === undefined || of.tenant === undefined
const bothTold = {
  ...always,
  path: ['subject'],
  message: 'is for a Jitsi without tenants: with "tenant", `sub` is the tenant',
}

const JitsiRow = z
  .strictObject({
    origin: jitsiOrigin,
    issuer: accepted,
    audience: accepted.default('jitsi'),
    ...realm,
    /** By a secret that Prosody has as well, or by a key of ours whose public half it fetches. */
    signing: z.enum(['HS256', 'RS256']).default('HS256'),
    census,
    script,
    /** Where visits are held when this one does not answer, in this order; what is not told is as above, but for `census` and `script`. */
    fallback: z
      .array(
        z
          .strictObject({
            origin: jitsiOrigin,
            issuer: accepted.exactOptional(),
            audience: accepted.exactOptional(),
            census,
            script,
            ...realm,
          })
          .refine(oneRealm, bothTold),
      )
      .default([]),
  })
  .refine(oneRealm, bothTold)
  .refine(({ origin: first, fallback }) => new Set([first, ...fallback.map((f) => f.origin)]).size > fallback.length, {
    path: ['fallback'],
    message: 'names one Jitsi twice',
  })

/** One Jitsi as its tokens must be. */
export type JitsiServer = {
  readonly origin: string
  readonly issuer: string
  readonly audience: string
  readonly subject: string
  readonly tenant?: string
  readonly census?: string
  /** Which script of its own may run in our pages, the first preferred; absent where it runs there as this Jitsi serves it. */
  readonly script?: readonly ScriptHash[]
}

const under = ({ tenant: of, subject: its }: { tenant?: string; subject?: string }) =>
  of === undefined ? { subject: its ?? 'meet.jitsi' } : { subject: of, tenant: of }

export const JitsiSettings = JitsiRow.transform(({ fallback, signing, ...first }) => {
  const { issuer, audience } = first
  const servers: readonly JitsiServer[] = [first, ...fallback].map((one) => ({
    issuer,
    audience,
    origin: one.origin,
    ...given({ issuer: one.issuer, audience: one.audience, census: one.census, script: one.script }),
    ...under(one.subject === undefined && one.tenant === undefined ? first : one),
  }))
  return { origin: first.origin, signing, servers }
})
const wholeSentence = 'must be a whole sentence, such as "In an emergency, call 112."'
const language = z.enum(languages)
const ownTexts = {
  beforeVisit: z.string().max(500).exactOptional(),
  /** What to do in an emergency, in the clinic's own words. */
  emergency: z.string().trim().min(10, wholeSentence).max(200).exactOptional(),
  /** Who helps with the page itself, in the clinic's own words. */
  support: z.string().trim().min(3).max(200).exactOptional(),
}
export const OrganisationEntry = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and -') as unknown as z.ZodType<OrganisationId>, // sound: OrganisationId is text that passed this check
    name: z.string().min(1),
    phone: z.string().min(3),
    timeZone,
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0b5fa5')
      .exactOptional(),
    /** A picture file, SVG, PNG, JPEG or WebP, of at most 100 kB; its path is meant from the file of organisations. */
    logo: z.string().min(1).exactOptional(),
    /** In which patients may read our pages; its own texts below are in the first. */
    languages: z.array(language).min(1, 'must name a language').default(['en']),
    ...ownTexts,
    /** Its own texts in the others, where it gives them: nobody else translates them. */
    texts: z.partialRecord(language, z.strictObject(ownTexts)).exactOptional(),
    /** What its patients agree to before they come to a visit; nobody is asked unless it is here. */
    consent: ConsentSetting.exactOptional(),
    issuers: z.array(IssuerEntry).min(1),
    /** Whether equal ids from different base URLs are one thing: must be said where there are several. */
    sharesIds: z.boolean().exactOptional(),
    jitsi: JitsiSettings,
    /** Origins of the EHR's pages that may show us in a frame. */
    frameAncestors: z.array(origin).default([]),
    /** Minutes around the Appointment in which patients may knock. */
    joinWindow: z.strictObject({ before: z.int().min(0), after: z.int().min(0) }).default({ before: 30, after: 120 }),
    /** So many minutes after the last person was seen in its call, and after its booked end, a visit that nobody ended ends by itself. */
    leftOpenMinutes: z
      .int()
      .min(15)
      .max(24 * 60)
      .default(60),
    /** So many minutes without anybody of the clinic looking after who waits, and its clinicians are told once more, and the webhook; never unless told. */
    unansweredMinutes: z.int().min(1).max(120).exactOptional(),
    policies: Policies.prefault({}),
    /** Where the organisation is told what happens in its visits; nowhere unless told. */
    webhook: WebhookRow.exactOptional(),
    /** How patients are written to about their visits; not at all unless told. */
    mail: MailRow.exactOptional(),
  })
  .superRefine((of, context) => {
    // What is none is told of already.
    const on = Array.isArray(of.languages) ? of.languages : []
    const wrong = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message })
    if (new Set(on).size < on.length) wrong(['languages'], 'names a language twice')
    for (const one of Object.keys(of.texts ?? {})) {
      if (one === on[0]) wrong(['texts', one], 'is the first language: its texts stand beside "name"')
      else if (!on.some((name) => name === one)) wrong(['texts', one], 'is for a language that is not in "languages"')
    }
    for (const { path, message } of consentTrouble(of.consent, on)) wrong(path, message)
  }, always)
export const OrganisationFile = z.strictObject({ organisations: z.array(OrganisationEntry).min(1) })

export type ReadOrganisation = z.infer<typeof OrganisationEntry>
export type Policies = z.infer<typeof Policies>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
