// In French: what somebody in the waiting room can say meanwhile.
import type * as English from '../../../door/meanwhile-words.ts'

export const meanwhileWords: typeof English.meanwhileWords = {
  step: 'Je m’absente 10 minutes',
  back: 'Je suis de retour',
  telephone: 'Appelez-moi plutôt par téléphone',
  cannot: 'Je ne peux pas venir',
}

export const elsewhereAtDoor: typeof English.elsewhereAtDoor = {
  title: 'Vous avez ouvert cette consultation sur une autre page',
  says: 'Elle continue là-bas : sur un autre appareil, ou dans une autre fenêtre. Vous pouvez fermer cette page.',
  here: 'Continuer plutôt ici',
}

export const cannotWords: typeof English.cannotWords = {
  title: 'La clinique sait que vous ne pouvez pas venir',
  known: (clock) => `Vous l’avez dit à ${clock}.`,
  todo: 'Cela n’annule pas votre rendez-vous : votre soignant décide de la suite. Pour un autre rendez-vous, appelez la clinique.',
  video: 'Finalement, je peux venir',
}
