// In Arabic: the words that a page must have before it can load any.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/words.ts'

const keepTrying = {
  patient: 'نواصل المحاولة. يمكنك أيضًا الاتصال بالعيادة.',
  clinician: 'نواصل المحاولة.',
  either: 'نواصل المحاولة.',
}

export const offline: typeof English.offline = r(
  'W7',
  'retry',
  'لا يوجد اتصال',
  'قد يكون السبب اتصالك بالإنترنت، أو خللًا من جانبنا.',
  keepTrying,
)

export const eitherOf: typeof English.eitherOf = (patient, clinician) =>
  `إذا كنت مريضًا: ${patient} إذا كنت مقدّم رعاية: ${clinician}`

export const unavailable: typeof English.unavailable = r(
  'W9',
  'retry',
  'استشارات الفيديو لا تستجيب الآن',
  'السبب ليس اتصالك بالإنترنت: هناك خلل من جانبنا.',
  keepTrying,
)
