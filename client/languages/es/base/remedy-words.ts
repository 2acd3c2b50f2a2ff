// In Spanish: sentences that several remedies share.
import type * as English from '../../../base/remedy-words.ts'

export const reopen: typeof English.reopen = {
  patient: 'Vuelva a abrir la consulta desde su portal.',
  clinician: 'Vuelva a abrir la consulta desde la historia clínica.',
  either: 'Vuelva a abrir la consulta desde donde la abrió.',
}
export const callUs: typeof English.callUs = 'Llame a la clínica. Allí pueden ayudarle.'
export const askAdmin: typeof English.askAdmin = {
  patient: callUs,
  clinician: 'Avise a quienes se encargan de su sistema de historias clínicas y dé el código de abajo.',
}
export const elseAsk: typeof English.elseAsk = (first) => ({
  patient: `${first} Si no funciona, llame a la clínica.`,
  clinician: `${first} Si no funciona, avise a quienes se encargan de su sistema de historias clínicas.`,
})
export const tryAgain: typeof English.tryAgain = 'Espere un momento y vuelva a intentarlo.'
export const inAMinute: typeof English.inAMinute = {
  patient: 'Vuelva a intentarlo en un minuto o llame a la clínica.',
  clinician: tryAgain,
  either: 'Vuelva a intentarlo en un minuto.',
}
