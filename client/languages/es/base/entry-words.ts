// In Spanish: remedies for getting in.
import type * as English from '../../../base/entry-words.ts'
import { r } from '../../../base/remedy.ts'
import { askAdmin, elseAsk, reopen } from './remedy-words.ts'

export const entryRemedies: typeof English.entryRemedies = {
  'unknown-issuer': r(
    'S1',
    'sign-in',
    'No conocemos este sistema de historias clínicas',
    'La página que le trajo aquí pertenece a un sistema con el que no trabajamos.',
    askAdmin,
  ),
  'launch-incomplete': r('S2', 'sign-in', 'El enlace no está completo', 'Falta una parte de la dirección.', {
    patient: 'Vuelva a abrir la consulta desde su portal o elija aquí su clínica.',
    clinician: 'Vuelva a abrir la consulta desde la historia clínica o elija aquí su organización.',
    either: 'Vuelva a abrir la consulta desde donde la abrió o elija aquí su clínica.',
  }),
  'launch-unknown': r('S3', 'reopen', 'Este inicio de sesión ya no es válido', 'Ya se usó o tardó demasiado.', reopen),
  'launch-elsewhere': r(
    'S4',
    'sign-in',
    'Este inicio de sesión empezó en otro lugar',
    'Se inició en otro navegador o en otra ventana, o su navegador no lo conserva aquí.',
    'Elija de nuevo su clínica, en esta ventana o en una ventana propia.',
  ),
  'launch-mixed-up': r(
    'S14',
    'sign-in',
    'La respuesta vino de otro inicio de sesión',
    'No era el inicio de sesión que usted eligió.',
    elseAsk('Elija de nuevo su clínica.'),
  ),
  'issuer-contested': r(
    'S15',
    'call',
    'Este inicio de sesión está cerrado por ahora',
    'Hay aquí dos inicios de sesión con el mismo nombre y no podemos saber cuál es el de su clínica.',
    askAdmin,
  ),
  'launch-declined': r(
    'S5',
    'sign-in',
    'No se inició su sesión',
    'El inicio de sesión se canceló o su clínica no lo permitió.',
    elseAsk('Inicie sesión de nuevo.'),
  ),
  'launch-failed': r(
    'S6',
    'sign-in',
    'El inicio de sesión de su clínica no funcionó',
    'No respondió, o no respondió como debía.',
    elseAsk('Vuelva a intentarlo en un minuto.'),
  ),
  'identity-unverified': r(
    'S7',
    'sign-in',
    'No pudimos confirmar quién es usted',
    'El inicio de sesión de su clínica no nos lo dijo.',
    elseAsk('Inicie sesión de nuevo.'),
  ),
  'role-unknown': r(
    'S8',
    'call',
    'Esta cuenta no puede entrar en consultas',
    'No pertenece ni a un paciente, ni a alguien que actúa en nombre de un paciente, ni a un profesional.',
    askAdmin,
  ),
  'scope-missing': r(
    'S9',
    'sign-in',
    'Faltan algunos permisos',
    'Su sistema de historias clínicas no permitió todo lo que una consulta por video necesita.',
    'Inicie sesión de nuevo y deje marcadas todas las casillas.',
  ),
  'session-ended': r(
    'S10',
    'reopen',
    'Su sesión está cerrada',
    'Esto ocurre después de un tiempo, para que su consulta siga siendo privada.',
    {
      ...reopen,
      patient: `Si estaba esperando, ya no lo está. ${reopen.patient}`,
    },
  ),
  'ehr-session-ended': r(
    'S11',
    'reopen',
    'Su sistema de historias clínicas cerró su sesión',
    'Esto ocurre después de un tiempo.',
    reopen,
  ),
  'origin-refused': r(
    'S12',
    'reopen',
    'Esta página no puede hacer eso',
    'La petición no vino de nuestra propia página.',
    reopen,
  ),
  'hand-over-unknown': r(
    'S13',
    'reopen',
    'Esta ventana se abrió demasiado tarde',
    'O ya se había abierto antes.',
    reopen,
  ),
  'clinician-only': r(
    'P1',
    'list',
    'Solo un profesional puede hacer eso',
    'Usted inició sesión como otra persona.',
    'Vuelva a las consultas.',
  ),
  'patient-only': r(
    'P2',
    'list',
    'Solo el paciente puede hacer eso',
    'O alguien que actúa en su nombre.',
    'Vuelva a las consultas.',
  ),
  'not-participant': r('P3', 'list', 'Esta cita es con otras personas', 'Su nombre no figura en ella.', {
    patient: 'Vuelva a sus consultas o llame a la clínica.',
    clinician: 'Vuelva a su día. Si debería ser suya, pida que cambien la cita.',
  }),
  'other-patient': r('P4', 'list', 'Esta es la cita de otro paciente', 'Esta ventana se abrió para un solo paciente.', {
    patient: 'Vuelva a sus consultas o llame a la clínica.',
    clinician: 'Abra esta consulta desde la historia clínica de ese paciente.',
  }),
  'no-longer-participant': r(
    'P6',
    'list',
    'Esta cita es ahora con otras personas',
    'Se cambió después de que usted la abriera, y su nombre ya no figura en ella.',
    {
      patient: 'Vuelva a sus consultas o llame a la clínica.',
      clinician: 'Vuelva a su día. Si debería ser suya, pida que cambien la cita y vuelva a abrirla.',
    },
  ),
  'not-your-visit': r(
    'P5',
    'list',
    'Esta consulta no está abierta para usted',
    'Pertenece a otras personas.',
    'Vuelva a las consultas.',
  ),
}
