// In French: the words for where else somebody is signed in.
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/elsewhere-words.ts'

const number = plural('fr')

export const elsewhere: typeof English.elsewhere = {
  none: 'Vous n’êtes connecté qu’ici.',
  others: (n) =>
    number(n, {
      one: 'Vous êtes connecté à un autre endroit.',
      other: `Vous êtes connecté à ${n} autres endroits.`,
    }),
  end: 'Se déconnecter partout ailleurs',
  ended: 'Vous êtes déconnecté partout ailleurs.',
}
