// In Spanish: the words of the patient's list of visits, and of the screens with nothing to do but read.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/words.ts'

const list = new Intl.ListFormat('es')

export const home: typeof English.home = {
  waiting: {
    now: 'Cargando sus citas…',
    still: 'Seguimos esperando sus citas. Está tardando más de lo habitual.',
  },
  opening: 'Abriendo su consulta',
}

export const withProfession: typeof English.withProfession = (name, profession) =>
  `${isolated(name)} (${isolated(profession)})`

export const facts: typeof English.facts = ({ when, clinicians, patient }) => {
  const names = list.format(clinicians.map(isolated))
  if (patient === undefined)
    return clinicians.length > 0 ? `Su consulta, ${when}, con ${names}` : `Su consulta, ${when}`
  return clinicians.length > 0
    ? `Su consulta, ${when}, con ${names}, para ${isolated(patient)}`
    : `Su consulta, ${when}, para ${isolated(patient)}`
}

export const allVisits: typeof English.allVisits = 'Todas sus consultas'

export const early: typeof English.early = {
  title: 'Llega con antelación',
  opens: (when) => ['La sala de espera abre ', when, '.'],
  in: (span) => `Falta: ${span}. Puede dejar esta página abierta: sigue por sí sola.`,
  far: (span) => `Falta: ${span}. Puede cerrar esta página y volver entonces por el mismo camino que hoy.`,
  now: 'Puede dejar esta página abierta: sigue por sí sola.',
}

export const over: typeof English.over = {
  title: 'La hora de esta consulta ya pasó',
  todo: 'Si todavía necesita hablar con alguien, llame a la clínica.',
}

export const cancelled: typeof English.cancelled = {
  title: 'Esta cita se canceló',
  todo: 'Llame a la clínica para pedir otra hora.',
}

export const notHeld: typeof English.notHeld = {
  missed: {
    title: 'Esta consulta por video está cerrada',
    todo: 'Si todavía necesita hablar con alguien, o quiere otra hora, llame a la clínica.',
  },
  moved: {
    title: 'Esta consulta pasó a otra hora',
    todo: 'Si todavía no conoce la nueva hora, llame a la clínica.',
  },
  failed: {
    title: 'La consulta por video no funcionó',
    todo: 'No pudo realizarse por un motivo técnico. Llame a la clínica: le dirán cómo seguir.',
  },
}

export const goodbye: typeof English.goodbye = {
  title: 'Su consulta terminó',
  thanks: 'Gracias. Puede cerrar esta página.',
  worse: 'Si tiene alguna pregunta o se siente peor, llame a la clínica.',
}

export const away: typeof English.away = {
  title: 'Ya no está esperando',
  todo: 'Puede volver en cualquier momento antes de que termine su consulta.',
  again: 'Volver',
}
