// In Spanish: the words of the pages before a visit.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../launch/words.ts'

export const launch: typeof English.launch = {
  opening: 'Abriendo su consulta',
  waiting: {
    now: 'Esperando el inicio de sesión de su clínica…',
    still: 'Seguimos esperando el inicio de sesión de su clínica. Está tardando más de lo habitual.',
  },
}

export const noCookies: typeof English.noCookies = {
  title: 'La consulta necesita una ventana propia',
  why: 'Esta ventana de su sistema de historias clínicas no mantiene su sesión. Abra la consulta en una ventana propia.',
  open: 'Abrir la consulta en su propia ventana',
}

export const organisations: typeof English.organisations = {
  title: '¿Dónde es su consulta?',
  tab: 'Iniciar sesión – consulta por video',
  waiting: {
    now: 'Cargando la lista de clínicas…',
    still: 'Seguimos esperando la lista de clínicas. Está tardando más de lo habitual.',
  },
  none: 'Aquí todavía no hay ninguna clínica. Abra su consulta desde el portal de su clínica.',
  choose: 'Elija su clínica. Inicie sesión con el nombre y la contraseña que usa allí.',
}

export const handOver: typeof English.handOver = {
  title: 'Abriendo su consulta',
  waitForWindow: {
    now: 'Esperando la ventana de la que usted viene…',
    still: 'Seguimos esperando la ventana de la que usted viene. Está tardando más de lo habitual.',
  },
  stuck: 'Vuelva a la ventana de la que viene. Cierre esta y pulse allí el botón otra vez.',
}

export const whose: typeof English.whose = {
  title: '¿Es usted esta persona?',
  says: {
    clinician: (name, clinic) => `Seguiría como ${isolated(name)}, profesional de ${isolated(clinic)}.`,
    patient: (name, clinic) => `Seguiría como ${isolated(name)}, paciente de ${isolated(clinic)}.`,
    representative: (name, clinic) =>
      `Seguiría como ${isolated(name)}, que actúa en nombre de un paciente de ${isolated(clinic)}.`,
  },
  warning:
    'Si alguien le envió este enlace, o este no es su nombre, no siga: lo que diga y escriba quedaría como de esa persona.',
  leave: 'No soy yo',
  go: 'Sí, soy yo',
  left: 'No se abrió nada',
  close: 'Cierre esta ventana. Abra su consulta desde su portal o desde la historia clínica.',
}
