// In Spanish: the words that a page must have before it can load any.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/words.ts'

const keepTrying = {
  patient: 'Seguimos intentándolo. También puede llamar a la clínica.',
  clinician: 'Seguimos intentándolo.',
  either: 'Seguimos intentándolo.',
}

export const offline: typeof English.offline = r(
  'W7',
  'retry',
  'No hay conexión',
  'Puede ser su conexión a internet o algo de nuestra parte.',
  keepTrying,
)

export const eitherOf: typeof English.eitherOf = (patient, clinician) =>
  `Si es paciente: ${patient} Si es profesional: ${clinician}`

export const unavailable: typeof English.unavailable = r(
  'W9',
  'retry',
  'Las consultas por video no responden ahora',
  'No es su conexión a internet: algo falla de nuestra parte.',
  keepTrying,
)
