// In Simplified Chinese: sentences that several remedies share.
import type * as English from '../../../base/remedy-words.ts'

export const reopen: typeof English.reopen = {
  patient: '请从您的患者门户重新打开问诊。',
  clinician: '请从病历重新打开问诊。',
  either: '请从您原来打开的地方重新打开问诊。',
}
export const callUs: typeof English.callUs = '请致电诊所。诊所可以帮助您。'
export const askAdmin: typeof English.askAdmin = {
  patient: callUs,
  clinician: '请告知负责病历系统的人员，并提供下面的代码。',
}
export const elseAsk: typeof English.elseAsk = (first) => ({
  patient: `${first}如果不行，请致电诊所。`,
  clinician: `${first}如果不行，请告知负责病历系统的人员。`,
})
export const tryAgain: typeof English.tryAgain = '请稍等片刻，然后重试。'
export const inAMinute: typeof English.inAMinute = {
  patient: '请一分钟后重试，或致电诊所。',
  clinician: tryAgain,
  either: '请一分钟后重试。',
}
