// What crosses the wire between our page and our server: bodies as schemas, replies as types. The client imports types from here, and nothing else.
import { z } from 'zod'
import type { Language } from '../domain/ehr/languages.ts'
import type { Look } from '../domain/ehr/look.ts'
import { isFhirId } from '../domain/ehr/reference.ts'
import type { NameWord } from '../domain/ehr/words.ts'
import type { Code } from '../domain/errors.ts'
import type { AppointmentId, DoorId, Instant, OrganisationId, SignInId, VisitId } from '../domain/ids.ts'
import type { CallRules } from '../domain/visit/call.ts'
import type { DeviceTrouble } from '../domain/visit/device-trouble.ts'
import type { NotNow, WhyNotNow, WhyRefused } from '../domain/visit/turned-away.ts'
import type { FoundOtherwise, Hindrance } from '../domain/visit/visit-shape.ts'
import type { RecordingView } from './call.ts'
import type { ConsentAtDoor, Consenting } from './consent.ts'
import type { PatientFace, VisitStatus } from './day.ts'
import type { DoorPerson, HowItStands, StuckPerson, TriedPerson } from './door.ts'
import type { InvitedPerson, Role, SignInRole } from './invitation.ts'
import type { NoticesView } from './notices.ts'
import type { WhatIsKnown } from './outcome.ts'
import type { Place } from './place.ts'
import type { ClinicTexts } from './texts.ts'

/** A brand on text that has just been checked. */
const branded = <T extends string>(text: z.ZodType<string>) => text as unknown as z.ZodType<T> // sound: T differs from string by its brand alone

const fhirId = z.string().refine(isFhirId)

// Requests -----------------------------------------------------------------------------------------------------------
export const Nothing = z.strictObject({})
/** `unreachable`: the origin whose Jitsi did not answer this page; the server looks for itself. */
export const EnterRoom = z.strictObject({ unreachable: z.string().max(300).exactOptional() })
/** `anyway`: a clinician who was told what is odd about the appointment wants to come in all the same. */
export const OpenVisit = z.strictObject({
  appointment: branded<AppointmentId>(fhirId),
  anyway: z.literal(true).exactOptional(),
})
/** To a window of its own; `visit` is the one it opens there, the list unless told. */
export const HandOver = z.strictObject({ visit: branded<VisitId>(z.string().min(1).max(64)).exactOptional() })
/** `key` as it stood in the fragment. */
export const TakeOver = z.strictObject({ key: z.string().max(200) })
/**
 * Lets in; who it is, is asked in the call. `asReadAt`: while the EHR says nothing, by what it said then, as a refusal before has told.
 */
export const Admission = z.strictObject({
  doorId: branded<DoorId>(z.string().min(1).max(64)),
  asReadAt: branded<Instant>(z.iso.datetime()).exactOptional(),
})
/** A person's word on being recorded; it can be taken back at any time. */
export const RecordingAnswer = z.strictObject({ agrees: z.boolean() })
/** What the room tells a clinician's page: whether the visit is being recorded. */
export const RecordingState = z.strictObject({ running: z.boolean() })
/** `drop`: the amendment is given up. */
export const AmendNote = z.strictObject({ drop: z.boolean().exactOptional() })
/** A signed note to be taken along: as text, as a PDF, or as a FHIR document. */
export const ExportNote = z.strictObject({ as: z.enum(['text', 'pdf', 'fhir']) })
/** Whose visits: of the one patient whom the EHR brought along, or of all on the clinician's day. */
export const WhoseVisits = z.strictObject({ whose: z.enum(['one', 'all']) })
/** Whom a clinician lets knock at a locked door. */
export const LetWait = z.strictObject({ doorId: branded<DoorId>(z.string().min(1).max(64)) })
/** Locked, nobody new may knock. */
export const Lock = z.strictObject({ locked: z.boolean() })
/**
 * A page tells of the call, every few seconds: where it is in it, and the others its room shows: by the id in their token, or by name where the room
 * does not tell ids. Without a `seat` it has just come, and is the person's newest page. `mediaBlocked`, `mediaFlows`: neither picture nor sound comes
 * through to it, or something can. `away`: a clinician says that they will be right back; `since` is when we said that this began.
 */
export const Pulse = z.strictObject({
  seat: z.int().nonnegative().exactOptional(),
  at: z.enum(['door', 'in', 'out']),
  sees: z.array(z.string().max(300)).max(50),
  mediaBlocked: z.literal(true).exactOptional(),
  mediaFlows: z.literal(true).exactOptional(),
  away: z.strictObject({ since: branded<Instant>(z.iso.datetime({ precision: 3 })).exactOptional() }).exactOptional(),
})
const section = z.string().max(20_000)
export const SoapText = z.strictObject({ subjective: section, objective: section, assessment: section, plan: section })
/** `follows`: the text this page sent before, of which it does not know whether it was kept. */
export const SaveNote = SoapText.extend({ follows: SoapText.exactOptional() })

export type EnterRoom = z.infer<typeof EnterRoom>
export type OpenVisit = z.infer<typeof OpenVisit>
export type HandOver = z.infer<typeof HandOver>
export type TakeOver = z.infer<typeof TakeOver>
export type WhoseVisits = z.infer<typeof WhoseVisits>
export type Admission = z.infer<typeof Admission>
export type LetWait = z.infer<typeof LetWait>
export type Lock = z.infer<typeof Lock>
export type Pulse = z.infer<typeof Pulse>
export type RecordingAnswer = z.infer<typeof RecordingAnswer>
export type RecordingState = z.infer<typeof RecordingState>
export type AmendNote = z.infer<typeof AmendNote>
export type ExportNote = z.infer<typeof ExportNote>
export type SoapText = z.infer<typeof SoapText>
export type SaveNote = z.infer<typeof SaveNote>

// Replies ------------------------------------------------------------------------------------------------------------

/** `GET /v/:launch/api/me` */
export type Me = {
  readonly launch: SignInId
  readonly role: Role
  /** The person's own name; of who was invited, as it was typed, and `visit` is the one they are invited to. */
  readonly name: string
  readonly organisation: ClinicTexts & {
    readonly id: OrganisationId
    readonly name: string
    readonly phone: string
    /** IANA name; all times are shown in it. */
    readonly timeZone: string
    /** True where the clinic lets visits be recorded, if everyone agrees. */
    readonly recording?: true
    /** True where the clinic shows the patient's chart beside the video. */
    readonly chart?: true
    /** Where the clinic's logo lies; absent when it has none. */
    readonly logo?: string
    /** Origin of the Jitsi that has the calls, where a visit's `heldAt` says no other. */
    readonly jitsi: string
    /** By the origin of each Jitsi, the address of its script; none for one that has none for us now. */
    readonly scripts: Readonly<Record<string, string>>
  }
  /** What of the clinic's accent and of the EHR's look the page puts on; everybody can read it. */
  readonly look: Look
  /** False when the EHR says that it shows the patient it opened us for itself (SMART `need_patient_banner`). */
  readonly patientBanner: boolean
  /** The clinician is asked first whether only the patient's visits are meant whom the EHR brought along. */
  readonly patientUnasked?: true
  /** True when the EHR opened us for one patient: other patients are out of reach. */
  readonly onePatient: boolean
  readonly visit?: VisitId
  /** For clinicians: in which languages those whom they invite may read; absent where there is one alone. */
  readonly languages?: readonly Language[]
  /** When this sign-in ends at the latest. */
  readonly endsAt: Instant
}
/** `GET …/brought-patient`: whom the EHR brought along, as far as it tells. */
export type BroughtPatient = { readonly name?: string; readonly birthDate?: string }

/** `POST …/visits` */
export type VisitOpened = { readonly visit: VisitId }

/** `POST …/hand-overs`: where the window is to go, within a minute. The key to this sign-in is in its fragment. */
export type HandedOver = { readonly url: string }
/** `POST /hand-overs/looked`: whose sign-in the key would open; it is spent by `taken` alone. `organisation` is its name. */
export type HandOverOf = { readonly name: string; readonly role: SignInRole; readonly organisation: string }
/** `POST /hand-overs/taken`, with the window's cookie: the page it goes on to. */
export type TakenOver = { readonly path: string }

/** `GET …/sign-ins`, and what is left after `POST …/sign-ins/end`: how often the person is signed in beside this once. */
export type OtherSignIns = { readonly others: number }

/** `GET …/visits/:visit`: a ClinicianView or a PatientView, by who asks. */
type Common = {
  readonly id: VisitId
  readonly revision: number
  readonly start: Instant
  readonly end: Instant
  /** Until when somebody may come in. */
  readonly closesAt: Instant
  readonly patient: PatientFace
  /** Names of the Appointment's clinicians. */
  readonly clinicians: readonly string[]
  readonly reason?: string
  /** What the Appointment tells its patient (`Appointment.patientInstruction`). */
  readonly patientInstruction?: string
  /** The origin of the Jitsi where the call is held: a page that is in a call elsewhere loads anew. */
  readonly heldAt?: string
}

export type ClinicianView = Common &
  WhatIsKnown &
  HowItStands &
  ConsentAtDoor & {
    readonly as: 'clinician'
    /** Absent while nobody asked to record. */
    readonly recording?: RecordingView
    /** Present while the visit is being recorded, agreed to or not, as a clinician's page tells. */
    readonly recordedSince?: Instant
    readonly status: VisitStatus
    /** The patient's number, as their record has it. */
    readonly phone?: string
    readonly door: readonly DoorPerson[]
    /** Who came and is not at the door, since their devices do not do for a call, or since they would rather speak by telephone. */
    readonly stuck?: readonly StuckPerson[]
    /** Nobody new may knock. */
    readonly locked?: true
    /** Who tried to come in while the door was locked, and has not come in since. */
    readonly tried?: readonly TriedPerson[]
    readonly invited?: readonly InvitedPerson[]
    /** The Appointment is no longer this patient's: nobody may enter the room. */
    readonly patientGone?: true
    /** The EHR has merged records of this patient: name and birth date are of the one that counts. */
    readonly merged?: true
    readonly startedAt?: Instant
    readonly finishedAt?: Instant
  }
/** `recording`, `recordedSince`: for whoever is let in. `patient`: not for who was invited. */
export type PatientView = Pick<ClinicianView, Exclude<keyof Common, 'patient'> | 'recording' | 'recordedSince'> &
  Consenting & {
    readonly patient?: PatientFace
    readonly as: 'patient'
    readonly opensAt: Instant
    /** What the EHR says that the one clinician is, where their name does not. */
    readonly profession?: string
    readonly place: Place
    readonly notices?: NoticesView
    /** The number of the page that asks, where it looks. */
    readonly seat?: number
    /** The same person has a newer page at this visit: this one waits no longer. */
    readonly elsewhere?: true
  }
export type * from './beside-call.ts'
export type * from './call.ts'
export type * from './chart.ts'
export type * from './consent.ts'
export type * from './day.ts'
export type * from './door.ts'
export type * from './invitation.ts'
export type * from './notices.ts'
export type * from './organisations.ts'
export type * from './outcome.ts'
export type * from './place.ts'

export type {
  CallRules,
  Code,
  DeviceTrouble,
  FoundOtherwise,
  Hindrance,
  Instant,
  Language,
  NameWord,
  NotNow,
  WhyNotNow,
  WhyRefused,
}
