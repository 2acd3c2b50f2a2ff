// In Spanish: what a patient reads around the door and the call.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../visit/words.ts'

const list = new Intl.ListFormat('es')

export const visitWords: typeof English.visitWords = {
  comeIn: 'Ya puede entrar',
  letIn: 'Le han dejado entrar. La llamada empieza ahora.',
  ended: 'Su consulta terminó.',
  cancelled: 'Esta cita se canceló. Llame a la clínica, por favor.',
  declined: 'No se le pudo dejar entrar. Llame a la clínica, por favor.',
}

export const callPageWords: typeof English.callPageWords = {
  title: (clinicians) =>
    clinicians.length > 0
      ? `Su consulta con ${list.format(clinicians.map(isolated))}`
      : 'Su consulta con su profesional de salud',
  tab: 'Su consulta',
  forPatient: (patient) => `para ${isolated(patient)}`,
  phone: (phone) => `¿Algún problema? Llame al ${isolated(phone)}`,
}
