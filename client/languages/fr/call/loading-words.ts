// In French: what is read while the call's code is on its way.
import type * as English from '../../../call/loading-words.ts'

export const loadingWords: typeof English.loadingWords = {
  wait: {
    now: 'Chargement de l’appel vidéo…',
    still: 'Toujours en attente de l’appel vidéo. Cela prend plus de temps que d’habitude.',
  },
  again: 'Réessayer',
}
