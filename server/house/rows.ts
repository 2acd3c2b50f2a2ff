// How the rows of visits and notes are read back: every stored row is unknown until its schema has read it.
import { z } from 'zod'
import { languages } from '../domain/ehr/languages.ts'
import { given } from '../domain/given.ts'
import { notFiled } from '../domain/note/ledger.ts'
import type { Note } from '../domain/note/note.ts'
import { deviceTroubles } from '../domain/visit/device-trouble.ts'
import { invitedRoles } from '../domain/visit/invitation-shape.ts'
import { notNowReasons, refusalReasons } from '../domain/visit/turned-away.ts'
import { type Call, type Visit, waysOff } from '../domain/visit/visit-shape.ts'
import { LetInAsReadRow, WellReadRow } from './as-read-row.ts'
import { ConsentRow } from './consent-row.ts'
import { InvitationRow } from './invitation-row.ts'
import { MessageRow } from './message-row.ts'
import { ConfirmedAfterwardsRow, IdentityRow, OutcomeRow } from './outcome-row.ts'
import { base, everyRow, text } from './row-parts.ts'

const connection = z.object({
  id: z.string(),
  from: text<Visit['start']>(),
  until: text<Visit['start']>().exactOptional(),
  counted: z.object({ at: text<Visit['start']>(), as: z.enum(['gone', 'there', 'doubtful']) }).exactOptional(),
})
const attendance = z.object({
  who: text<Visit['patient']>(),
  from: text<Visit['start']>(),
  displayName: z.string().exactOptional(),
  seen: z.array(connection).exactOptional(),
  said: z
    .object({
      from: text<Visit['start']>(),
      until: text<Visit['start']>(),
      media: z.enum(['flows', 'blocked']).exactOptional(),
    })
    .exactOptional(),
})

/** What older rows said under another name is read under today's. */
const renamed = (before: string, today: string) => (row: unknown) => {
  if (typeof row !== 'object' || row === null || !(before in row)) return row
  const { [before]: said, ...rest } = row as Record<string, unknown>
  return { ...rest, [today]: said }
}

/** Older rows named the language in words, and had words for one that nobody knows too. */
const asInterpreter = (said: unknown) =>
  typeof said === 'string' ? given({ language: said === 'an unknown language' ? undefined : said }) : said

const booking = {
  ...everyRow<Visit['id']>(),
  organisation: text<Visit['organisation']>(),
  iss: base,
  base: text<Visit['iss']>().exactOptional(),
  appointment: text<Visit['appointment']>(),
  patient: text<Visit['patient']>(),
  replaced: z.array(text<Visit['patient']>()).exactOptional(),
  practitioners: z.array(text<Visit['practitioners'][number]>()),
  profession: z.object({ who: text<Visit['patient']>(), is: z.string() }).exactOptional(),
  face: z.object({
    name: z.string(),
    birthDate: z.string().exactOptional(),
    interpreter: z.preprocess(asInterpreter, z.object({ language: z.string().exactOptional() })).exactOptional(),
    language: z.string().exactOptional(),
    interpreterAsked: z.boolean().exactOptional(),
    clinicians: z.array(z.string()),
    expected: z.array(z.object({ name: z.string(), as: z.literal('interpreter').exactOptional() })).exactOptional(),
    reason: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    mail: z.string().exactOptional(),
    reads: z.enum(languages).exactOptional(),
    patientInstruction: z.string().exactOptional(),
  }),
  start: text<Visit['start']>(),
  end: text<Visit['end']>(),
  opening: z.int(),
  reopenedAt: text<Visit['start']>().exactOptional(),
  attendance: z.array(z.preprocess(renamed('called', 'displayName'), attendance)),
  identity: z.array(IdentityRow).exactOptional(),
  appointmentReadAt: text<Visit['start']>().exactOptional(),
  readWell: WellReadRow.exactOptional(),
  letInAsRead: LetInAsReadRow.exactOptional(),
  patientGone: z.literal(true).exactOptional(),
  calledOff: z.object({ as: z.enum(waysOff), at: text<Visit['start']>() }).exactOptional(),
  movedFrom: z
    .object({ start: text<Visit['start']>(), end: text<Visit['end']>(), at: text<Visit['start']>() })
    .exactOptional(),
  unusable: z.enum(['told', 'untold']).exactOptional(),
  messages: z.array(MessageRow).exactOptional(),
  invitations: z.array(InvitationRow).exactOptional(),
  consents: z.array(ConsentRow).exactOptional(),
  notices: z.object({ mail: z.boolean().exactOptional() }).exactOptional(),
}
const someone = {
  doorId: text<Call['door'][number]['doorId']>(),
  who: text<Visit['patient']>(),
  as: z.enum(['patient', 'representative', ...invitedRoles]),
  name: z.string(),
  phone: z.string().exactOptional(),
  devices: z.object({ camera: z.boolean(), microphone: z.boolean() }),
}
const atDoor = { ...someone, knockedAt: text<Visit['start']>() }
const whyOf = <Reason extends string>(reasons: readonly Reason[]) =>
  z.union([z.object({ reason: z.enum(reasons) }), z.object({ words: z.string() })])
const person = z.discriminatedUnion('state', [
  z.object({
    ...atDoor,
    state: z.literal('waiting'),
    sentBackAt: text<Visit['start']>().exactOptional(),
    notNow: z.object({ at: text<Visit['start']>(), why: whyOf(notNowReasons) }).exactOptional(),
    silentSince: text<Visit['start']>().exactOptional(),
    steppedAway: z.object({ at: text<Visit['start']>(), until: text<Visit['start']>() }).exactOptional(),
    goneSince: text<Visit['start']>().exactOptional(),
  }),
  z.object({
    ...atDoor,
    state: z.literal('admitted'),
    admittedAt: text<Visit['start']>(),
    admittedBy: text<Visit['patient']>(),
    away: z.literal(true).exactOptional(),
  }),
  z.object({
    ...atDoor,
    state: z.literal('declined'),
    declinedAt: text<Visit['start']>(),
    why: whyOf(refusalReasons).exactOptional(),
  }),
])
const recording = z.object({
  askedBy: text<Visit['patient']>(),
  askedAt: text<Visit['start']>(),
  answers: z.array(z.object({ who: text<Visit['patient']>(), agrees: z.boolean(), at: text<Visit['start']>() })),
})
const at = text<Visit['start']>()
const trouble = z.enum(deviceTroubles).exactOptional()
const hindered = z.object({
  who: text<Visit['patient']>(),
  as: z.enum(['patient', 'representative', ...invitedRoles]),
  name: z.string(),
  phone: z.string().exactOptional(),
  camera: trouble,
  microphone: trouble,
  byTelephone: z.literal(true).exactOptional(),
  cannotCome: z.literal(true).exactOptional(),
  since: at,
})
const tried = z.object({ ...someone, triedAt: at, mayWait: z.literal(true).exactOptional() })
const call = z.object({
  room: text<Call['room']>(),
  door: z.array(z.preprocess(renamed('guest', 'doorId'), person)),
  hindered: z.array(hindered).exactOptional(),
  jitsi: z.string().exactOptional(),
  locked: z.literal(true).exactOptional(),
  unanswered: z.object({ since: at, at }).exactOptional(),
  tried: z.array(tried).exactOptional(),
  recording: recording.exactOptional(),
  recorded: z.object({ since: at, by: z.array(text<Visit['patient']>()) }).exactOptional(),
})

const ended = {
  arrivedAt: at.exactOptional(),
  startedAt: at,
  finishedAt: at,
  outcome: OutcomeRow.exactOptional(),
  neverBegan: z.literal(true).exactOptional(),
  endedItselfAt: at.exactOptional(),
  telephoneAsked: z.literal(true).exactOptional(),
  confirmedAfterwards: ConfirmedAfterwardsRow.exactOptional(),
}
const visit: z.ZodType<Visit> = z.discriminatedUnion('status', [
  z.object({ ...booking, call, status: z.literal('planned') }),
  z.object({ ...booking, call, status: z.literal('arrived'), arrivedAt: at }),
  z.object({ ...booking, call, status: z.literal('in-progress'), arrivedAt: at.exactOptional(), startedAt: at }),
  z.object({ ...booking, ...ended, status: z.literal('finished') }),
  z.object({ ...booking, status: z.literal('cancelled'), cancelledAt: at }),
])

/** Older rows had the call's fields among the visit's, and the oldest did not say whose pages tell of a recording. */
const flat = z
  .looseObject({ recordedSince: z.unknown().optional(), recordedBy: z.unknown().optional() })
  .transform(({ room, door, jitsi, locked, recording, recordedSince: since, recordedBy: by = [], ...rest }) => {
    const recorded = since === undefined ? undefined : { since, by }
    return { ...rest, call: given({ room, door, jitsi, locked, recording, recorded }) }
  })

// Asked of the row itself: a schema that refuses costs each newer row an error.
const isFlat = (row: unknown): boolean => typeof row === 'object' && row !== null && 'room' in row

export const VisitRow: z.ZodType<Visit> = z.preprocess((row) => (isFlat(row) ? flat.parse(row) : row), visit)

const encounter = { encounter: text<`Encounter/${string}`>().exactOptional() }
const documentReference = text<`DocumentReference/${string}`>()
const atEhr = { iss: base.exactOptional() }
const sending = { hash: z.string(), onto: documentReference.exactOptional(), ...atEhr, ...encounter }
const lease = z.object({ id: z.string(), process: z.string(), until: at }).exactOptional()
const filing = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unfiled') }),
  z.object({ state: z.literal('pending'), since: at, ...sending, lease }),
  z.object({
    state: z.literal('filed'),
    astray: z.literal(true).exactOptional(),
    at,
    documentReference,
    ...atEhr,
    ...encounter,
    appointment: z.enum(['fulfilled', 'left']),
    borrowed: z.enum(['stay', 'another-day']).exactOptional(),
  }),
  z.object({ state: z.literal('unknown'), at, ...sending }),
  z.object({
    state: z.literal('not-filed'),
    at,
    why: z.enum(notFiled),
    code: z.string().exactOptional(),
    retryAt: at.exactOptional(),
    ...encounter,
  }),
  z.object({ state: z.literal('entered-in-error'), at, documentReference, ...encounter }),
])
const soap = z.object({ subjective: z.string(), objective: z.string(), assessment: z.string(), plan: z.string() })
const entry = z.object({
  docStatus: z.enum(['preliminary', 'final']),
  version: z.int(),
  soap,
  author: text<Note['author']>(),
  authorName: z.string(),
  date: at,
  filing,
})
const note = {
  ...everyRow<Note['id']>(),
  organisation: text<Note['organisation']>(),
  version: z.int(),
  soap,
  savedAt: at,
  author: text<Visit['patient']>(),
  earlier: z.array(entry).exactOptional(),
}

export const NoteRow: z.ZodType<Note> = z.discriminatedUnion('docStatus', [
  z.object({ ...note, docStatus: z.literal('preliminary') }),
  z.object({
    ...note,
    docStatus: z.literal('final'),
    signedBy: text<Visit['patient']>(),
    signerName: z.string(),
    signedAt: at,
    filing,
  }),
])
