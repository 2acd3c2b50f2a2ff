// In French: what a patient reads in the check of camera and microphone.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/words.ts'

export const checkWords: typeof English.checkWords = {
  title: 'Pouvons-nous vous voir et vous entendre ?',
  first: 'Nous vérifions d’abord votre caméra et votre microphone. Personne ne vous voit encore.',
  question: (stressed) => ['Votre navigateur va vous poser une question. Appuyez sur ', stressed('Autoriser'), '.'],
  start: 'Vérifier la caméra et le microphone',
  starting: 'Mise en marche de votre caméra et de votre microphone…',
  slow: 'Votre navigateur affiche-t-il une question ? Appuyez sur Autoriser. Elle est en haut ou en bas de la page.',
  retry: 'Réessayer',
  busy: 'Un instant…',
  onwards: 'Aller à la salle d’attente',
  withoutCamera: 'Continuer sans caméra',
  withoutMicrophone: 'Continuer sans microphone',
  byTelephone: 'Continuer par téléphone',
  phone: (phone) => `Ou appelez la clinique : ${isolated(phone)}`,
}
