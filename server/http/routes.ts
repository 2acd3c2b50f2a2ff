// Every URL a signed-in page asks, on one page: who may call it, what it takes, which step it takes.
// Signing in, event streams and the pages themselves stand in sign-in.ts, events.ts and pages.ts.
import type { Request } from 'express'
import type { z } from 'zod'
import type { Caller } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { openVisit } from '../steps/appointment.ts'
import { capability } from '../steps/capability.ts'
import { lookAtChart, openChartNote } from '../steps/chart.ts'
import { giveConsent, readConsent, withdrawConsent } from '../steps/consent.ts'
import { appointments } from '../steps/day.ts'
import { exportNote } from '../steps/export.ts'
import { file, fileDraft, markNoteInError } from '../steps/file.ts'
import { handOver } from '../steps/hand-over.ts'
import { confirmOutside, sayWhoItIs } from '../steps/identity.ts'
import { invite, sendAnew, takeBack } from '../steps/invitations.ts'
import { join } from '../steps/join.ts'
import { myLateWord, sayLate } from '../steps/late.ts'
import { me, signOut } from '../steps/launch.ts'
import { sendMessage, tellMessagesShown } from '../steps/messages.ts'
import { amendNote, readNote, saveNote, signNote } from '../steps/note.ts'
import { chooseNotices } from '../steps/notices.ts'
import { sayWhatHappened } from '../steps/outcome.ts'
import { sayGoodbye, tell } from '../steps/presence.ts'
import { answerToRecording, askToRecord, reportRecording } from '../steps/recording.ts'
import { endOtherSignIns, otherSignIns } from '../steps/sign-ins.ts'
import type { Reply, Step } from '../steps/step.ts'
import { end, look, reopenVisit } from '../steps/visit.ts'
import {
  admit,
  askToWait,
  decline,
  knock,
  leave,
  letThemWait,
  lock,
  sendBack,
  stepAway,
  tellDevices,
} from '../steps/waiting.ts'
import { whoWaitsForMe } from '../steps/who-waits.ts'
import { broughtPatient, chooseVisits } from '../steps/whose-visits.ts'
import { LookAtChart, OpenChartNote } from '../wire/beside-call.ts'
import { FileDraft, FileNote } from '../wire/chart.ts'
import { GiveConsent, ReadConsent } from '../wire/consent.ts'
import { AskToWait, Decline, Knock, LeaveDoor, LookAt, SendBack, StepAway, TellDevices, WhoItIs } from '../wire/door.ts'
import { Invite, OfInvitation } from '../wire/invitation.ts'
import { SayLate } from '../wire/late.ts'
import { MessagesShown, SendMessage } from '../wire/messages.ts'
import { ChooseNotices } from '../wire/notices.ts'
import { WhatHappened } from '../wire/outcome.ts'
import {
  Admission,
  AmendNote,
  EnterRoom,
  ExportNote,
  HandOver,
  LetWait,
  Lock,
  Nothing,
  OpenVisit,
  Pulse,
  RecordingAnswer,
  RecordingState,
  SaveNote,
  WhoseVisits,
} from '../wire/wire.ts'
import {
  anybody,
  clinician,
  clinicianHome,
  comer,
  type Guard,
  patient,
  signedIn,
  signedInOrInvited,
  watchingAnybody,
} from './guards.ts'

type Method = 'get' | 'post' | 'put'

export type Route = {
  readonly method: Method
  readonly path: string
  /** The names of its guard and its step, and what it takes: for the description of our URLs, which says of each no more than stands here. */
  readonly guard: string
  readonly step: string
  readonly takes: z.ZodType
  /** Guard first, then the body, then the step: nobody learns what a body should be before they are known. */
  readonly answer: (house: House, request: Request, ask: Asking) => Promise<Reply>
}
/** Reads what a request brings: its body (of a GET, its query) through a schema, and the version in If-Match. */
export type Asking = {
  /** Counts it for whoever asks; call what comes back when it is done. Refuses (`too-many`) who asks too often, or too much at once. */
  begun(caller: Caller): () => void
  body<B>(schema: z.ZodType<B>): Promise<B>
  match(): number | undefined
}

function row<C extends Caller, B>(
  guard: Guard<C>,
  method: Method,
  path: string,
  schema: z.ZodType<B>,
  step: Step<C, B>,
): Route {
  return {
    ...{ method, path, guard: guard.name, step: step.name, takes: schema },
    async answer(house, request, ask) {
      const caller = await guard(house, request)
      const done = ask.begun(caller)
      try {
        return await step(house, caller, await ask.body(schema), ask.match())
      } finally {
        done()
      }
    },
  }
}

const home = '/v/:launch/api'
const visit = `${home}/visits/:visit`

export const routes: readonly Route[] = [
  row(signedInOrInvited, 'get', `${home}/me`, Nothing, me),
  row(signedIn, 'get', `${home}/appointments`, Nothing, appointments),
  row(clinicianHome, 'get', `${home}/who-waits`, Nothing, whoWaitsForMe),
  row(clinicianHome, 'get', `${home}/capability`, Nothing, capability),
  row(clinicianHome, 'get', `${home}/brought-patient`, Nothing, broughtPatient),
  row(clinicianHome, 'post', `${home}/whose-visits`, WhoseVisits, chooseVisits),
  row(clinicianHome, 'get', `${home}/late`, Nothing, myLateWord),
  row(clinicianHome, 'post', `${home}/late`, SayLate, sayLate),
  row(signedIn, 'post', `${home}/visits`, OpenVisit, openVisit),
  row(signedIn, 'post', `${home}/hand-overs`, HandOver, handOver),
  row(signedIn, 'post', `${home}/sign-out`, Nothing, signOut),
  row(signedIn, 'get', `${home}/sign-ins`, Nothing, otherSignIns),
  row(signedIn, 'post', `${home}/sign-ins/end`, Nothing, endOtherSignIns),
  row(watchingAnybody, 'get', visit, LookAt, look),
  row(anybody, 'post', `${visit}/room-tokens`, EnterRoom, join),
  row(anybody, 'post', `${visit}/presence`, Pulse, tell),
  row(anybody, 'post', `${visit}/goodbyes`, Nothing, sayGoodbye),
  row(comer, 'post', `${visit}/devices`, TellDevices, tellDevices),
  row(patient, 'get', `${visit}/consent`, ReadConsent, readConsent),
  row(patient, 'post', `${visit}/consent`, GiveConsent, giveConsent),
  row(patient, 'post', `${visit}/consent/withdrawal`, Nothing, withdrawConsent),
  row(comer, 'post', `${visit}/knocks`, Knock, knock),
  row(comer, 'post', `${visit}/step-away`, StepAway, stepAway),
  row(patient, 'post', `${visit}/notices`, ChooseNotices, chooseNotices),
  row(comer, 'post', `${visit}/departures`, LeaveDoor, leave),
  row(clinician, 'post', `${visit}/invitations`, Invite, invite),
  row(clinician, 'post', `${visit}/invitations/links`, OfInvitation, sendAnew),
  row(clinician, 'post', `${visit}/invitations/revocations`, OfInvitation, takeBack),
  row(clinician, 'post', `${visit}/admissions`, Admission, admit),
  row(clinician, 'post', `${visit}/refusals`, Decline, decline),
  row(clinician, 'post', `${visit}/not-now`, AskToWait, askToWait),
  row(clinician, 'post', `${visit}/messages`, SendMessage, sendMessage),
  row(comer, 'post', `${visit}/messages/shown`, MessagesShown, tellMessagesShown),
  row(clinician, 'post', `${visit}/returns`, SendBack, sendBack),
  row(clinician, 'post', `${visit}/identities`, WhoItIs, sayWhoItIs),
  row(clinician, 'post', `${visit}/identities/outside`, Nothing, confirmOutside),
  row(clinician, 'post', `${visit}/lock`, Lock, lock),
  row(clinician, 'post', `${visit}/lock/exceptions`, LetWait, letThemWait),
  row(clinician, 'post', `${visit}/recording`, Nothing, askToRecord),
  row(anybody, 'post', `${visit}/recording/answers`, RecordingAnswer, answerToRecording),
  row(clinician, 'post', `${visit}/recording/state`, RecordingState, reportRecording),
  row(clinician, 'get', `${visit}/chart`, LookAtChart, lookAtChart),
  row(clinician, 'get', `${visit}/chart/note`, OpenChartNote, openChartNote),
  row(clinician, 'get', `${visit}/note`, Nothing, readNote),
  row(clinician, 'put', `${visit}/note`, SaveNote, saveNote),
  row(clinician, 'post', `${visit}/note/signature`, Nothing, signNote),
  row(clinician, 'post', `${visit}/note/filing`, FileNote, file),
  row(clinician, 'post', `${visit}/note/draft`, FileDraft, fileDraft),
  row(clinician, 'post', `${visit}/note/amendment`, AmendNote, amendNote),
  row(clinician, 'post', `${visit}/note/mistake`, Nothing, markNoteInError),
  row(clinician, 'get', `${visit}/note/export`, ExportNote, exportNote),
  row(clinician, 'post', `${visit}/end`, Nothing, end),
  row(clinician, 'post', `${visit}/reopening`, Nothing, reopenVisit),
  row(clinician, 'post', `${visit}/outcome`, WhatHappened, sayWhatHappened),
]
