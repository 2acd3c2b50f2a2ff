// In Spanish: the question before somebody who waits leaves, or signs out.
import type * as English from '../../../ui/sign-out-words.ts'

export const signOutWords: typeof English.signOutWords = {
  door: {
    title: '¿Cerrar sesión y perder su lugar?',
    says: 'Para volver, abra la consulta de nuevo.',
    yes: 'Salir y cerrar sesión',
    no: 'Seguir esperando',
  },
  room: {
    title: '¿Salir y perder su lugar?',
    says: 'Puede volver antes de que termine su consulta.',
    yes: 'Sí, salir',
    no: 'Seguir esperando',
  },
  telephone: {
    title: '¿Pedir que le llamen por teléfono?',
    says: 'Sale de la sala de espera y su clínica lee que prefiere que le llamen.',
    yes: 'Sí, decirlo',
    no: 'Seguir esperando',
  },
  cannot: {
    title: '¿Decir a la clínica que no puede acudir?',
    says: 'Sale de la sala de espera y su profesional de salud lo lee. Con esto su cita no se cancela.',
    yes: 'Sí, decirlo',
    no: 'Seguir esperando',
  },
  call: {
    title: '¿Cerrar sesión y salir de la llamada?',
    says: 'La consulta sigue sin usted. Para volver, ábrala de nuevo.',
    yes: 'Salir y cerrar sesión',
    no: 'Quedarme',
  },
}
