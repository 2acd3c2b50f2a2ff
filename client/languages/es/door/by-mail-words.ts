// In Spanish: what a patient can say of the mail about their visit.
import type * as English from '../../../door/by-mail-words.ts'

export const byMailWords: typeof English.byMailWords = {
  title: 'Correo sobre esta cita',
  off: (to) =>
    `La clínica puede escribirle a ${to} para decirle cuándo comienza esta cita, si cambia la hora y cuándo es su turno. El correo no incluye su nombre ni el motivo de la consulta.`,
  on: (to) =>
    `La clínica le escribe a ${to} sobre esta cita. El correo no incluye su nombre ni el motivo de la consulta.`,
  want: 'Escríbanme por correo',
  stop: 'No quiero más correos sobre ella',
}
