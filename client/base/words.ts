// The words that a page must have before it can load any: what to do where nobody answers. Nobody's internet is blamed for what is ours.
import { type Remedy, r } from './remedy.ts'

const keepTrying = {
  patient: 'We keep trying. You can also call the clinic.',
  clinician: 'We keep trying.',
  either: 'We keep trying.',
}

export const offline: Remedy = r(
  'W7',
  'retry',
  'No connection',
  'It may be your internet connection, or something on our side.',
  keepTrying,
)

/** What is told to whom nobody knows yet. */
export const eitherOf = (patient: string, clinician: string) => `As a patient: ${patient} As a clinician: ${clinician}`

/** What stands before our system answers, and our system does not: the person's own connection is good. */
export const unavailable: Remedy = r(
  'W9',
  'retry',
  'The video visits do not answer now',
  'It is not your internet connection: something is wrong on our side.',
  keepTrying,
)
