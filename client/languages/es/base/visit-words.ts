// In Spanish: remedies for everything after getting in.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/visit-words.ts'
import { askAdmin, callUs, inAMinute, tryAgain } from './remedy-words.ts'

export const visitRemedies: typeof English.visitRemedies = {
  'appointment-unknown': r('A1', 'list', 'No encontramos esta cita', 'Puede que se haya cambiado o eliminado.', {
    patient: 'Vuelva a sus consultas o llame a la clínica.',
    clinician: 'Búsquela en la agenda y vuelva a abrirla.',
  }),
  'appointment-unusable': r(
    'A2',
    'call',
    'Esta cita no está completa',
    'Necesita un paciente que venga, un comienzo, un final y un estado que diga cómo se encuentra.',
    {
      patient: callUs,
      clinician: 'Complétela en la agenda y vuelva a abrirla. Quien la espera conserva su lugar.',
    },
  ),
  'appointment-fulfilled': r(
    'A9',
    'call',
    'Según la historia clínica, esta consulta ya se realizó',
    'Su cita está marcada como realizada, y aquí no ha venido nadie.',
    {
      patient: 'Si todavía debe tener lugar, llame a la clínica.',
      clinician: 'Si todavía debe tener lugar, ábrala de todos modos.',
    },
  ),
  'appointment-cancelled': r('A3', 'call', 'Esta cita se canceló', 'No hay consulta a esta hora.', {
    patient: 'Llame a la clínica para pedir otra hora.',
    clinician: 'Vuelva a su día.',
  }),
  'appointment-past': r('A4', 'call', 'Esta cita terminó', 'Su hora ya pasó.', {
    patient: 'Llame a la clínica para pedir otra hora.',
    clinician: 'Vuelva a su día.',
  }),
  'appointment-changed': r(
    'A5',
    'list',
    'Esta cita cambió',
    'Se cambió de hora o ahora es de otra persona.',
    'Vuelva a las consultas y ábrala de nuevo.',
  ),
  'patient-replaced': r(
    'A10',
    'call',
    'Este registro fue sustituido por otro',
    'El sistema de historias clínicas lo unió a otro registro de la misma persona, que no podemos abrir desde aquí.',
    {
      patient: 'Vuelva a intentarlo en unos minutos o llame a la clínica.',
      clinician:
        'Vuelva a intentarlo en unos minutos. Si sigue igual, pida que la cita se asigne al registro que vale y abra esa.',
    },
  ),
  'too-early': r(
    'A6',
    'list',
    'Es demasiado pronto para esta consulta',
    'La sala de espera abre un poco antes de la consulta.',
    'Vuelva un poco más tarde.',
  ),
  'visit-finished': r('A7', 'list', 'Esta consulta terminó', 'Ya nadie puede entrar en ella.', {
    patient: 'Puede cerrar esta página.',
    clinician: 'Su nota sigue ahí.',
  }),
  'devices-unchecked': r(
    'D1',
    'retry',
    'Primero comprobemos su cámara y su micrófono',
    'Tarda unos segundos.',
    'Haga la comprobación y siga adelante.',
  ),
  'consent-needed': r(
    'D20',
    'retry',
    'Primero necesitamos su consentimiento',
    'La clínica lo pide antes de una videoconsulta.',
    'Lea el texto y decida.',
  ),
  'consent-changed': r(
    'D21',
    'retry',
    'El texto ha cambiado',
    'La clínica lo cambió mientras usted lo leía. No se ha aceptado nada.',
    'Lea el texto nuevo y decida.',
  ),
  'door-locked': r('D6', 'retry', 'La puerta está cerrada', 'Ahora no puede entrar nadie.', tryAgain),
  'not-admitted': r(
    'D4',
    'retry',
    'Todavía no le han dejado entrar',
    'Su profesional de salud abre la puerta.',
    'Quédese en la sala de espera.',
  ),
  'admission-declined': r('D5', 'call', 'No se le dejó entrar', 'Su profesional de salud no pudo atenderle ahora.', {
    patient: callUs,
    clinician: 'Vuelva a su día.',
  }),
  'room-script-refused': r(
    'D9',
    'retry',
    'La videollamada no puede abrirse ahora',
    'Las salas de video no están como se aprobaron, o no responden.',
    { patient: callUs, clinician: 'Avise a quienes se encargan de sus consultas por video y dé este código.' },
  ),
  'recording-not-asked': r(
    'D8',
    'retry',
    'Nadie pidió grabar esta consulta',
    'La pregunta ya no está.',
    'Siga con la consulta.',
  ),
  'ehr-unreachable': r(
    'E1',
    'retry',
    'El sistema de historias clínicas no responde',
    'Puede que esté ocupado.',
    inAMinute,
  ),
  'ehr-failed': r(
    'E2',
    'retry',
    'El sistema de historias clínicas tiene problemas',
    'Respondió, pero no como debía.',
    inAMinute,
  ),
  'ehr-busy': r(
    'E5',
    'retry',
    'El sistema de historias clínicas está ocupado',
    'Nos pidió volver un poco más tarde.',
    inAMinute,
  ),
  'ehr-refused': r(
    'E3',
    'retry',
    'El sistema de historias clínicas no permitió esto',
    'Puede que a su cuenta le falte un permiso allí.',
    askAdmin,
  ),
  'ehr-too-large': r(
    'E4',
    'retry',
    'El sistema de historias clínicas envió demasiado',
    'Respondió con más de lo que se puede leer de una vez.',
    askAdmin,
  ),
  'bad-request': r(
    'W1',
    'retry',
    'Eso no funcionó',
    'Esta página y nuestro sistema no se entendieron.',
    'Vuelva a cargar la página.',
  ),
  'method-refused': r(
    'W8',
    'retry',
    'Eso no funcionó',
    'Esta página y nuestro sistema no se entendieron.',
    'Vuelva a cargar la página.',
  ),
  'too-large': r(
    'W2',
    'retry',
    'Es demasiado largo',
    'Una parte del texto es más larga de lo que podemos guardar.',
    'Acórtela.',
  ),
  'media-type': r(
    'W3',
    'retry',
    'Eso no funcionó',
    'Esta página y nuestro sistema no se entendieron.',
    'Vuelva a cargar la página.',
  ),
  'not-found': r(
    'W4',
    'list',
    'No hay nada en esta dirección',
    'Puede que sea antigua o que alguna letra esté equivocada.',
    {
      patient: 'Vuelva a sus consultas.',
      clinician: 'Vuelva a su día.',
      either: 'Revise la dirección o abra la consulta desde donde la abrió antes.',
    },
  ),
  'too-many': r(
    'W5',
    'retry',
    'Eso fue un poco demasiado rápido',
    'Llegaron demasiadas peticiones en poco tiempo.',
    tryAgain,
  ),
  fault: r('W6', 'retry', 'Algo falló de nuestra parte', 'Quedó anotado y nos ocupamos de ello.', inAMinute),
}
