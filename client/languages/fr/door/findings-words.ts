// In French: what a patient reads of what the check found.
import type * as English from '../../../door/findings-words.ts'

export const findingsWords: typeof English.findingsWords = {
  picture: 'Votre propre image',
  camera: 'Caméra',
  microphone: 'Microphone',
  loudspeaker: 'Haut-parleur',
  level: 'Niveau du microphone',
  heard: 'Nous vous entendons.',
  silent: 'Dites quelques mots.',
  sound: 'Écouter un son d’essai',
  shut: 'Ce haut-parleur n’a pas pu être ouvert. Choisissez-en un autre.',
  again: 'Recommencer la vérification',
}
