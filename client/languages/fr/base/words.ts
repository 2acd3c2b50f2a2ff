// In French: the words that a page must have before it can load any.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/words.ts'

const keepTrying = {
  patient: 'Nous continuons d’essayer. Vous pouvez aussi appeler la clinique.',
  clinician: 'Nous continuons d’essayer.',
  either: 'Nous continuons d’essayer.',
}

export const offline: typeof English.offline = r(
  'W7',
  'retry',
  'Pas de connexion',
  'Cela peut venir de votre connexion à internet, ou de notre côté.',
  keepTrying,
)

export const eitherOf: typeof English.eitherOf = (patient, clinician) =>
  `Si vous êtes patient : ${patient} Si vous êtes soignant : ${clinician}`

export const unavailable: typeof English.unavailable = r(
  'W9',
  'retry',
  'Les consultations vidéo ne répondent pas en ce moment',
  'Ce n’est pas votre connexion à internet : quelque chose ne va pas de notre côté.',
  keepTrying,
)
