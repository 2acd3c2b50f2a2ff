// In Spanish: what a clinician can let somebody who waits know.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/message-words.ts'

export const messageSentences: typeof English.messageSentences = {
  'not-forgotten': 'No se han olvidado de usted. Su profesional de salud sabe que está esperando.',
  soon: 'Su profesional de salud estará con usted en unos minutos.',
  papers: 'Tenga a mano sus medicamentos y sus papeles, por favor.',
  'quiet-place': 'Vaya a un lugar tranquilo y con buena luz, por favor.',
  'somebody-with-you': 'Si alguien va a acompañarle en la consulta, pídale que venga ahora, por favor.',
}

export const messageWords: typeof English.messageWords = {
  title: 'De su profesional de salud',
  ready: (clock, sentence) => `${clock}: ${sentence}`,
  own: (clock) => `${clock}, con las palabras de su profesional de salud:`,
  wrote: (words) => `Su profesional de salud escribió: «${isolated(words)}»`,
}
