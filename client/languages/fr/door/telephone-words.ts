// In French: what a patient reads who would rather speak by telephone.
import type * as English from '../../../door/telephone-words.ts'

export const telephoneWords: typeof English.telephoneWords = {
  title: 'Par téléphone',
  known: (clock) => `Depuis ${clock}, votre clinique voit sur son écran que vous préférez parler par téléphone.`,
  todo: 'Il se peut que personne ne regarde cet écran tout de suite. Veuillez appeler la clinique.',
  video: 'Essayer tout de même l’appel vidéo',
}
