// In Spanish: what the server calls somebody who has no name.
import type { namelessWords as english } from '../../../base/name-words.ts'

export const namelessWords: typeof english = {
  Clinician: 'Profesional',
  Patient: 'Paciente',
  Representative: 'Representante',
  Guest: 'Acompañante',
  Interpreter: 'Intérprete',
  Colleague: 'Colega',
  'Name not recorded': 'Nombre no registrado',
}
