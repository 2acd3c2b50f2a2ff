// In Spanish: why somebody is not let in now, as their own page says it.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/turned-away-words.ts'

export const notNowSentences: typeof English.notNowSentences = {
  'a-little-longer': 'Espere un poco más, por favor.',
  'with-another': 'Su profesional de salud está primero con otro paciente.',
  'something-first': 'Su profesional de salud debe ocuparse antes de algo para su consulta.',
}

export const refusedSentences: typeof English.refusedSentences = {
  'cannot-now': 'Su profesional de salud no puede atenderle ahora.',
  'not-by-video': 'Esto no se puede hacer por video.',
  'we-telephone': 'Su profesional de salud le llamará por teléfono.',
  'another-visit': 'Esta no es la consulta que le corresponde.',
}

export const saidWhy: typeof English.saidWhy = (why) =>
  'words' in why ? turnedAwayWords.wrote(why.words) : { ...notNowSentences, ...refusedSentences }[why.reason]

export const turnedAwayWords: typeof English.turnedAwayWords = {
  another: (patient) =>
    `Su profesional de salud no pudo confirmar que usted es la persona para quien es esta consulta, por eso está fuera de la llamada. Es para ${isolated(patient)}: pídale que venga a esta pantalla y espere aquí, o llame a la clínica.`,
  title: 'No se le pudo dejar entrar',
  again: 'Pedir de nuevo que le dejen entrar',
  wrote: (words) => `Su profesional de salud escribió: «${isolated(words)}»`,
  sentBack: (clock) => `A las ${clock} se le pidió que esperara de nuevo.`,
  asked: (clock) => `A las ${clock} su profesional de salud le pidió que esperara.`,
  place: 'Usted conserva su lugar.',
  todo: 'Llame a la clínica, por favor: le dirán qué hacer.',
  todoTelephone: 'Tenga su teléfono a mano. Si nadie llama, llame a la clínica.',
}
