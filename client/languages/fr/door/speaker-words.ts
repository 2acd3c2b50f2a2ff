// In French: what a patient reads who heard the test sound, or did not.
import type * as English from '../../../door/speaker-words.ts'

export const speakerWords: typeof English.speakerWords = {
  question: 'Avez-vous entendu deux notes douces ?',
  yes: 'Oui, je les ai entendues',
  no: 'Non',
  again: 'Écouter encore une fois',
  good: 'Vous entendrez votre soignant.',
  silent: {
    title: 'Cherchons pourquoi vous n’entendez rien.',
    another: 'Choisissez un autre haut-parleur ci-dessus.',
    advice: [
      'Montez le volume de votre appareil.',
      'Si votre téléphone a un bouton de silence sur le côté, changez sa position.',
      'Si vous avez un casque ou des écouteurs, vérifiez qu’ils sont branchés ou connectés.',
    ],
  },
  unplayed: 'Votre navigateur n’a pas joué le son. Appuyez encore une fois sur le bouton.',
}
