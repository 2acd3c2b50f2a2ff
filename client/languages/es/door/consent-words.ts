// In Spanish: what a patient reads where the clinic asks for consent to telehealth.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/consent-words.ts'

export const consentWords: typeof English.consentWords = {
  title: '¿Acepta usted una videoconsulta?',
  first: 'Su clínica le pide su consentimiento antes de una videoconsulta. Lea su texto y decida.',
  whose: (giver, patient) => `Usted decide como ${isolated(giver)}, por ${isolated(patient)}.`,
  text: 'El texto de su clínica',
  version: (version, date) => `Versión ${isolated(version)}, vigente desde el ${date}`,
  reading: {
    now: 'Cargando el texto de su clínica…',
    still: 'Seguimos esperando el texto de su clínica.',
  },
  changed: 'Su clínica cambió este texto mientras usted lo leía. No se ha aceptado nada. Este es el texto nuevo.',
  back: 'Puede retirar su consentimiento cuando quiera: en la sala de espera y durante la llamada.',
  agree: 'Acepto',
  agreeFor: (patient) => `Acepto en nombre de ${isolated(patient)}`,
  decline: 'No acepto',
  busy: 'Un momento…',
}

export const noConsentWords: typeof English.noConsentWords = {
  title: 'Sin su consentimiento no hay videoconsulta',
  stays: 'Su cámara y su micrófono siguen apagados. Su cita no se cancela por esto.',
  withdrawn: (clock) =>
    `A las ${clock} retiró usted su consentimiento. Ya no está en la sala de espera ni en la llamada. Su clínica lo ve en su pantalla.`,
  instead: 'Puede hablar con su clínica por teléfono o pedirle una consulta presencial.',
  byTelephone: 'Pedir hablar por teléfono',
  phone: (phone) => `Llamar a la clínica: ${isolated(phone)}`,
  again: 'Leer el texto otra vez',
}

export const withdrawWords: typeof English.withdrawWords = {
  act: 'Retirar mi consentimiento',
  title: '¿Retirar su consentimiento para la videoconsulta?',
  says: 'Usted sale de la sala de espera o de la llamada. Se avisa a su clínica. Lo dicho y escrito hasta ahora se conserva. Puede volver a aceptar más tarde.',
  yes: 'Retirarlo',
  no: 'Seguir con la consulta',
}
