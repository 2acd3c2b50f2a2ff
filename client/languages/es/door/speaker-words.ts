// In Spanish: what a patient reads who heard the test sound, or did not.
import type * as English from '../../../door/speaker-words.ts'

export const speakerWords: typeof English.speakerWords = {
  question: '¿Oyó dos notas suaves?',
  yes: 'Sí, las oí',
  no: 'No',
  again: 'Reproducirlo otra vez',
  good: 'Oirá a su profesional de salud.',
  silent: {
    title: 'Veamos por qué no oye nada.',
    another: 'Elija otro altavoz arriba.',
    advice: [
      'Suba el volumen de su dispositivo.',
      'Si su teléfono tiene a un lado un interruptor de silencio, muévalo.',
      'Si usa auriculares, mire si están enchufados o conectados.',
    ],
  },
  unplayed: 'Su navegador no reprodujo el sonido. Pulse el botón otra vez.',
}
