// What is sent of a note, and what the answer to one sending means for the ledger: shared by what goes together and what goes by itself.
// Says nothing of a note that it does not know.

import { may } from '../domain/ehr/capability.ts'
import { idOf } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import type { Reason } from '../domain/note/ehr-refusal.ts'
import { documentReferenceOf } from '../domain/note/fhir.ts'
import type { Borrowed, NotFiled } from '../domain/note/ledger.ts'
import { resourceIn, type Written } from '../outside/ehr/ehr.ts'
import type { Task } from './task.ts'

/** What became of one attempt. `encounter` is kept in the ledger, so that a second attempt makes no second one. */
export type Attempt = { readonly encounter?: Ref<'Encounter'> } & (
  | {
      readonly outcome: 'filed'
      readonly documentReference: Ref<'DocumentReference'>
      readonly astray?: true
      readonly borrowed?: Borrowed
    }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'not-filed'; readonly why: NotFiled; readonly code?: string; readonly retryAt?: Instant }
)

/** Somebody has been at work on it in the chart: nothing of theirs is written over, and what they took back stays so. */
export const changedInChart: Attempt = { outcome: 'not-filed', why: 'ehr-conflict' }

/** Whether what If-None-Exist found, by the answer itself, is a note of ours that somebody took back: that is no note in the chart. */
export function isTakenBack(body: unknown, reference: Ref<'DocumentReference'>): boolean {
  const found = resourceIn('DocumentReference', body, idOf(reference))
  return found !== undefined && found.status !== 'current'
}

export const noteOf = ({ forChart, target }: Task, encounter: string | undefined) =>
  documentReferenceOf(forChart, {
    ...given({ encounter }),
    ...(target.how === 'replace' ? { replaces: target.ref } : {}),
  })

/** Epic takes no note without an Encounter: asking it to would only be refused. */
export const mayStandAlone = ({ organisation, profile }: Task): boolean =>
  organisation.policies.notesWithoutEncounter && profile.kind !== 'epic'

/** A server that does not know If-None-Exist ignores it, and one may even refuse it: it is sent where it is listed. */
export const unlessThere = ({ profile }: Task, identifier: { system: string; value: string }) =>
  may(profile, 'conditionalCreate') ? { ifNoneExist: query(identifier) } : {}

export type NotWritten = Exclude<Written, { outcome: 'written' }>

export function notWritten(sent: NotWritten, now: () => Instant): Attempt {
  if (sent.outcome === 'unknown') return { outcome: 'unknown' }
  if (sent.outcome === 'not-sent') return { outcome: 'not-filed', why: 'ehr-unreachable' }
  if (sent.outcome === 'busy') return busyUntil(sent.seconds, now)
  return { outcome: 'not-filed', why: whys[sent.reason], ...given({ code: sent.code }) }
}

/** It said so several times by now: however soon it would have us back, it gets half a minute. */
export function busyUntil(seconds: number | undefined, now: () => Instant): Attempt {
  const retryAt = seconds === undefined ? undefined : plus(now(), Math.max(seconds, 30))
  return { outcome: 'not-filed', why: 'ehr-busy', ...given({ retryAt }) }
}

const whys: Readonly<Record<Reason, NotFiled>> = {
  'signed-out': 'sign-in-ended',
  policy: 'ehr-policy',
  limit: 'ehr-limit',
  duplicate: 'ehr-refused',
  conflict: 'ehr-conflict',
  invalid: 'ehr-invalid',
  'not-supported': 'not-offered',
  refused: 'ehr-refused',
}

const query = ({ system, value }: { system: string; value: string }) =>
  new URLSearchParams({ identifier: `${system}|${value}` }).toString()
