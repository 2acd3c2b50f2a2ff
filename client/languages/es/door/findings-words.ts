// In Spanish: what a patient reads of what the check found.
import type * as English from '../../../door/findings-words.ts'

export const findingsWords: typeof English.findingsWords = {
  picture: 'Su propia imagen',
  camera: 'Cámara',
  microphone: 'Micrófono',
  loudspeaker: 'Altavoz',
  level: 'Nivel del micrófono',
  heard: 'Le oímos.',
  silent: 'Diga unas palabras.',
  sound: 'Reproducir un sonido de prueba',
  shut: 'No se pudo abrir este altavoz. Elija otro.',
  again: 'Empezar de nuevo la comprobación',
}
