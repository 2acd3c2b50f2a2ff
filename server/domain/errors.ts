// What we expect to refuse: a closed table of codes, each with its HTTP status, FHIR issue type and a sentence for whoever reads
// the reply itself, such as an integrator. No page shows it: a page has a remedy for the code, in its reader's language.
// Anything that is not a Refusal is a fault: a 500 that says nothing.

import { given } from './given.ts'
import type { Instant } from './ids.ts'
import type { AlgorithmWord, OAuthWord } from './oauth-words.ts'
import { type RefusalRow, refusalRow as row } from './refusal-row.ts'

export const refusals = {
  // Launch and session
  'unknown-issuer': row(403, 'forbidden', 'This health record system is not one that this service works with.'),
  'launch-incomplete': row(400, 'required', 'The address that opened this page is incomplete.'),
  'launch-unknown': row(400, 'invalid', 'This sign-in was already used, took too long, or was never started.'),
  'launch-elsewhere': row(403, 'forbidden', 'This sign-in was started in another browser or window.'),
  'launch-mixed-up': row(403, 'forbidden', 'The answer came from another health record system than the one asked.'),
  'issuer-contested': row(
    403,
    'forbidden',
    'Two health record systems that this service works with claim to be the same sign-in.',
  ),
  'launch-declined': row(403, 'login', 'The health record system did not let you sign in.'),
  'launch-failed': row(502, 'transient', 'The sign-in of the health record system did not answer as it should.'),
  'identity-unverified': row(403, 'login', 'The health record system did not prove who you are.'),
  'role-unknown': row(403, 'forbidden', 'Your account is neither a clinician, a patient, nor a representative of one.'),
  'scope-missing': row(403, 'forbidden', 'The health record system did not allow what a video visit needs.'),
  'session-ended': row(401, 'login', 'You are signed out.'),
  'ehr-session-ended': row(401, 'expired', 'The health record system has ended its session with us.'),
  'hand-over-unknown': row(403, 'invalid', 'This way into a window of its own was already used, or took too long.'),
  'origin-refused': row(403, 'forbidden', 'This request did not come from our own page.'),
  // Who may do what
  'clinician-only': row(403, 'forbidden', 'Only a clinician of this visit can do that.', 'audited'),
  'patient-only': row(403, 'forbidden', 'Only the patient, or who acts for the patient, can do that.', 'audited'),
  'not-participant': row(403, 'forbidden', 'You are not part of this appointment.', 'audited'),
  'no-longer-participant': row(
    403,
    'forbidden',
    'This appointment was changed since you opened it, and you are no longer part of it.',
    'audited',
  ),
  'other-patient': row(
    403,
    'forbidden',
    'This appointment belongs to another patient than the one you opened.',
    'audited',
  ),
  'not-your-visit': row(403, 'forbidden', 'This visit is not open to you.', 'audited'),
  // Appointment
  'appointment-unknown': row(404, 'not-found', 'The appointment was not found.'),
  'appointment-unusable': row(
    422,
    'business-rule',
    'The appointment lacks what a visit needs: one patient who comes, a start, an end and a status that says how it stands.',
  ),
  'appointment-fulfilled': row(409, 'business-rule', 'The health record system says that this appointment is done.'),
  'appointment-cancelled': row(409, 'business-rule', 'This appointment was cancelled.'),
  'appointment-past': row(409, 'business-rule', 'This appointment is over.'),
  'appointment-changed': row(409, 'conflict', 'This appointment was moved or belongs to someone else now.'),
  'appointment-otherwise': row(
    409,
    'conflict',
    'Somebody was let in before this appointment could be read, and it does not stand as it did then, or has not been read since.',
  ),
  'patient-replaced': row(
    409,
    'business-rule',
    'The health record system has joined this patient’s record to another one, which cannot be opened from here.',
  ),
  'too-early': row(409, 'business-rule', 'It is too early for this visit.'),
  'visit-not-started': row(409, 'business-rule', 'This visit has not begun yet.'),
  'visit-finished': row(409, 'business-rule', 'This visit has ended.'),
  'outcome-unsaid': row(409, 'business-rule', 'Nobody was seen in the call, and what happened has not been said yet.'),
  'outcome-known': row(409, 'business-rule', 'What happened is known: the patient’s side was in the call.'),
  'outcome-said': row(409, 'conflict', 'Another window has said what happened in this visit.'),
  'outcome-kept': row(
    409,
    'business-rule',
    'The chart has a note or an encounter of this visit as it was said before.',
  ),
  'telephone-times': row(422, 'invalid', 'The telephone call must begin before it ends, and be over.'),
  // The door
  'devices-unchecked': row(422, 'required', 'Camera and microphone have not been checked yet.'),
  'consent-needed': row(409, 'required', 'This clinic asks for agreement to telehealth before anybody comes in.'),
  'consent-changed': row(409, 'conflict', 'The text that was agreed to was changed since it was read.'),
  'door-locked': row(409, 'business-rule', 'This visit takes nobody new now.'),
  'not-at-door': row(409, 'conflict', 'This person is no longer waiting.'),
  'admission-over': row(409, 'conflict', 'This person was sent out or let in anew since they were asked who they are.'),
  'not-admitted': row(403, 'forbidden', 'You have not been let in yet.', 'audited'),
  'admission-declined': row(403, 'forbidden', 'You were not let in.', 'audited'),
  'room-script-refused': row(502, 'processing', 'The video rooms are not as they were approved, or do not answer.'),
  'recording-off': row(403, 'forbidden', 'This clinic does not allow recording.'),
  'recording-not-asked': row(409, 'business-rule', 'Nobody has asked to record this visit.'),
  // Whoever was invited. One who has nothing but a guess learns nothing from the answer.
  'invitation-unknown': row(404, 'not-found', 'This link or code is not known here.'),
  'invitation-used': row(409, 'conflict', 'This invitation was opened in another browser.'),
  'invitation-revoked': row(403, 'forbidden', 'This invitation was taken back.'),
  'invitation-expired': row(
    403,
    'expired',
    'This invitation is over: its visit has ended, was called off, or its time has passed.',
  ),
  'invitation-limit': row(409, 'business-rule', 'As many people are invited to this visit as it takes.'),
  // The note
  'if-match-required': row(428, 'required', 'The version of the text on the screen was not given.'),
  'note-changed': row(412, 'conflict', 'This note was changed in another window.'),
  'note-signed': row(409, 'business-rule', 'This note is signed, and what is signed is not written over.'),
  'note-empty': row(422, 'business-rule', 'An empty note cannot be signed.'),
  'note-unchanged': row(409, 'business-rule', 'The amendment says the same as the note in the chart.'),
  'note-not-filed': row(409, 'business-rule', 'This note is not in the chart.'),
  'draft-refused': row(409, 'not-supported', 'Drafts do not go into this chart: the note must be signed.'),
  'amend-refused': row(409, 'not-supported', 'The health record system takes no change of a note from here.'),
  'note-not-signed': row(409, 'business-rule', 'The note must be signed before it can be filed.'),
  'note-unprintable': row(422, 'not-supported', 'This note has characters the PDF cannot show; take it as text.'),
  'signer-only': row(403, 'forbidden', 'Only who signed the note can file it.'),
  'visit-not-finished': row(409, 'business-rule', 'The visit must be ended first.'),
  'identity-unconfirmed': row(
    409,
    'business-rule',
    'The person in the call was not this patient, and nobody has been confirmed since: nothing is filed under the patient.',
  ),
  'filing-under-way': row(409, 'conflict', 'The note is being filed at this moment.'),
  'filing-unknown': row(
    409,
    'conflict',
    'It is not known whether the note arrived, so it is not sent again by itself.',
  ),
  // The EHR
  'ehr-unreachable': row(504, 'transient', 'The health record system did not answer.'),
  'ehr-failed': row(502, 'transient', 'The health record system answered with a failure.'),
  'ehr-busy': row(502, 'throttled', 'The health record system is busy and asks to come back later.'),
  'ehr-refused': row(502, 'processing', 'The health record system did not allow this.'),
  'ehr-too-large': row(502, 'too-long', 'The health record system answered with more than can be read at once.'),
  // The edge
  'bad-request': row(400, 'invalid', 'The request is not what this address takes.'),
  'method-refused': row(405, 'not-supported', 'This address is not asked in this way.'),
  'too-large': row(413, 'too-long', 'The request is too large.'),
  'media-type': row(415, 'not-supported', 'This address takes JSON.'),
  'not-found': row(404, 'not-found', 'There is nothing at this address.'),
  'too-many': row(429, 'throttled', 'Too many requests in a short time.'),
} as const satisfies Record<string, RefusalRow>

export type Code = keyof typeof refusals

/** What a look for a note came to that may be in the chart. `elsewhere`: it went to another EHR than the one that can be asked. */
export type LookedFor = 'not-there-yet' | 'cannot-tell' | 'no-answer' | 'elsewhere'

/** What a Refusal may carry: the instant from which it would be granted, the field that is wrong, the version now kept. No names, no text of people. */
export type Detail = {
  readonly opensAt?: string
  readonly field?: string
  readonly revision?: number
  /** Seconds after which the same would be granted; told in Retry-After (RFC 9110, 10.2.3). */
  readonly retryAfter?: number
  /** Somebody can be let in all the same, by what the Appointment said when it was read then. */
  readonly readAt?: Instant
  /** Of `filing-unknown`: what the look in the chart came to. */
  readonly look?: LookedFor
  /** Of `ehr-…`: the EHR is there, and what came was its word, though not on what was asked. */
  readonly answered?: true
  /** For the log alone: what the EHR said in OAuth's own words, and the algorithm of an id_token that was refused. */
  readonly oauth?: OAuthWord
  readonly alg?: AlgorithmWord
}

/** Something we expect to refuse. Callers look at `code`, never at text. */
export class Refusal extends Error {
  readonly code: Code
  readonly detail: Detail

  constructor(code: Code, options: { cause?: unknown; detail?: Detail } = {}) {
    super(code, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'Refusal'
    this.code = code
    this.detail = options.detail ?? {}
  }

  get status(): number {
    return refusals[this.code].status
  }
}

/** The reply for a refusal (or, without one, a fault): a FHIR OperationOutcome whose `details.coding[0].code` is ours. */
export function outcome(refused: { code: Code; detail?: Detail } | 'fault') {
  const code = refused === 'fault' ? 'fault' : refused.code
  const { issue, says } = refused === 'fault' ? fault : refusals[refused.code]
  const detail = refused === 'fault' ? undefined : refused.detail
  return {
    resourceType: 'OperationOutcome' as const,
    issue: [
      {
        severity: 'error' as const,
        code: issue,
        details: { coding: [{ system: 'https://housecall.example/refusals', code }], text: says },
        ...(detail?.field === undefined ? {} : { expression: [detail.field] }),
      },
    ],
    ...given({ extension: detail && extensions(detail) }),
  }
}

const fault = { issue: 'exception' as const, says: 'Something went wrong on our side.' }

function extensions({ opensAt, revision, readAt, look }: Detail) {
  const all = [
    ...(opensAt ? [{ url: 'https://housecall.example/opens-at', valueInstant: opensAt }] : []),
    ...(revision === undefined ? [] : [{ url: 'https://housecall.example/revision', valueInteger: revision }]),
    ...(readAt === undefined ? [] : [{ url: 'https://housecall.example/read-at', valueInstant: readAt }]),
    ...(look === undefined ? [] : [{ url: 'https://housecall.example/look', valueCode: look }]),
  ]
  return all.length === 0 ? undefined : all
}

const saysNothing: ReadonlySet<Code> = new Set(['ehr-unreachable', 'ehr-failed', 'ehr-busy'])

/**
 * The one line between an EHR that is down and one that says no. Down: not reached, no answer in time, cut off, 5xx, too busy (429), or something
 * that is no FHIR. Its word, whatever it is: 401, 403, 404, 410, other 4xx and 501, a redirect, another resource than was asked for, more than can be read.
 */
export const isSilent = (cause: unknown): cause is Refusal =>
  cause instanceof Refusal && saysNothing.has(cause.code) && cause.detail.answered === undefined

/** For `catch`, where something is read or done beside what matters: a refusal is nothing, a fault of ours is one. */
export function leftAlone(cause: unknown): undefined {
  if (!(cause instanceof Refusal)) throw cause
  return undefined
}
