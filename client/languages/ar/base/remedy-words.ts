// In Arabic: sentences that several remedies share.
import type * as English from '../../../base/remedy-words.ts'

export const reopen: typeof English.reopen = {
  patient: 'يُرجى فتح الاستشارة مرة أخرى من بوابتك.',
  clinician: 'يُرجى فتح الاستشارة مرة أخرى من الملف الطبي.',
  either: 'يُرجى فتح الاستشارة مرة أخرى من المكان الذي فتحتها منه.',
}
export const callUs: typeof English.callUs = 'يُرجى الاتصال بالعيادة. يمكنهم مساعدتك.'
export const askAdmin: typeof English.askAdmin = {
  patient: callUs,
  clinician: 'يُرجى إبلاغ المسؤولين عن نظام السجلات الصحية لديكم، مع الرمز أدناه.',
}
export const elseAsk: typeof English.elseAsk = (first) => ({
  patient: `${first} إذا لم ينجح ذلك، فيُرجى الاتصال بالعيادة.`,
  clinician: `${first} إذا لم ينجح ذلك، فيُرجى إبلاغ المسؤولين عن نظام السجلات الصحية لديكم.`,
})
export const tryAgain: typeof English.tryAgain = 'يُرجى الانتظار لحظة، ثم إعادة المحاولة.'
export const inAMinute: typeof English.inAMinute = {
  patient: 'يُرجى إعادة المحاولة بعد دقيقة، أو الاتصال بالعيادة.',
  clinician: tryAgain,
  either: 'يُرجى إعادة المحاولة بعد دقيقة.',
}
