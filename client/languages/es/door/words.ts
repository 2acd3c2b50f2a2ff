// In Spanish: what a patient reads in the check of camera and microphone.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/words.ts'

export const checkWords: typeof English.checkWords = {
  title: '¿Podemos verle y oírle?',
  first: 'Primero comprobamos su cámara y su micrófono. Todavía no le ve nadie.',
  question: (stressed) => ['Su navegador le preguntará. Pulse ', stressed('Permitir'), '.'],
  start: 'Comprobar cámara y micrófono',
  starting: 'Encendiendo su cámara y su micrófono…',
  slow: '¿Su navegador muestra una pregunta? Pulse Permitir. Está en la parte de arriba o de abajo de la página.',
  retry: 'Volver a intentarlo',
  busy: 'Un momento…',
  onwards: 'Ir a la sala de espera',
  withoutCamera: 'Seguir sin cámara',
  withoutMicrophone: 'Seguir sin micrófono',
  byTelephone: 'Seguir por teléfono',
  phone: (phone) => `O llame a la clínica: ${isolated(phone)}`,
}
