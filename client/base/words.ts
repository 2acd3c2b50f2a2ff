// The words that a page must have before it can load any: what to do without a connection.
import { type Remedy, r } from './remedy.ts'

export const offline: Remedy = r('W7', 'retry', 'No connection', 'We could not reach the clinic’s system.', {
  patient: 'Check your internet connection. We keep trying. You can also call the clinic.',
  clinician: 'Check your internet connection. We keep trying.',
})
