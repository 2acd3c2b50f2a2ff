// In Spanish: the words of the list of a patient's visits.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/choice-words.ts'

const row = new Intl.ListFormat('es', { type: 'unit', style: 'short' })

export const choice: typeof English.choice = {
  title: 'Sus consultas por video',
  none: 'Hoy no tiene ninguna consulta por video. Si esperaba una, llame a la clínica.',
  incomplete:
    'No se pudieron leer todas sus consultas. Si aquí falta la suya, vuelva a intentarlo o llame a la clínica.',
  clinicians: (names) => row.format(names.map(isolated)),
  forPatient: (patient) => `para ${isolated(patient)}`,
  goTo: 'Ir a esta consulta',
  opens: (when) => `Abre ${when}.`,
  cancelled: 'Esta cita se canceló.',
  finished: 'Esta consulta terminó.',
  failed: 'Esta consulta por video no funcionó. Llame a la clínica.',
  moved: 'Esta consulta pasó a otra hora. Llame a la clínica si todavía no la conoce.',
  over: 'La hora de esta consulta ya pasó.',
  noTime: 'Hora desconocida',
  untimed: 'Esta cita no indica una hora fiable. Llame a la clínica: allí pueden corregirla.',
}
