// In French: what is said of a clinician who runs late.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/late-words.ts'

const number = plural('fr')

export const lateWords: typeof English.lateWords = {
  title: 'Vous êtes en retard ?',
  tell: 'Ceux qui vous attendent le lisent, avec l’heure.',
  minutes: (n) => `Environ ${n} min`,
  said: (clock, minutes) =>
    number(minutes, {
      one: `Vous avez dit à ${clock} : environ ${minutes} minute de retard.`,
      other: `Vous avez dit à ${clock} : environ ${minutes} minutes de retard.`,
    }),
  takeBack: 'Le retirer',
  patient: (name, clock, minutes) => {
    const who = name === undefined ? 'Votre soignant' : isolated(name)
    return number(minutes, {
      one: `${who} a prévenu à ${clock} : environ ${minutes} minute de retard.`,
      other: `${who} a prévenu à ${clock} : environ ${minutes} minutes de retard.`,
    })
  },
}
