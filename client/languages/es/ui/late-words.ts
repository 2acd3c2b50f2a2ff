// In Spanish: what is said of a clinician who runs late.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/late-words.ts'

const number = plural('es')

export const lateWords: typeof English.lateWords = {
  title: '¿Va con retraso?',
  tell: 'Quienes le esperan lo leen, con la hora.',
  minutes: (n) => `Unos ${n} min`,
  said: (clock, minutes) =>
    number(minutes, {
      one: `A las ${clock} usted dijo: alrededor de un minuto de retraso.`,
      other: `A las ${clock} usted dijo: unos ${minutes} minutos de retraso.`,
    }),
  takeBack: 'Retirarlo',
  patient: (name, clock, minutes) => {
    const who = name === undefined ? 'Su profesional de salud' : isolated(name)
    return number(minutes, {
      one: `${who} avisó a las ${clock}: alrededor de un minuto de retraso.`,
      other: `${who} avisó a las ${clock}: unos ${minutes} minutos de retraso.`,
    })
  },
}
