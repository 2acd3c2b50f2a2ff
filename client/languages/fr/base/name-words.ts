// In French: what the server calls somebody who has no name.
import type { namelessWords as english } from '../../../base/name-words.ts'

export const namelessWords: typeof english = {
  Clinician: 'Soignant',
  Patient: 'Patient',
  Representative: 'Représentant',
  Guest: 'Accompagnant',
  Interpreter: 'Interprète',
  Colleague: 'Collègue',
  'Name not recorded': 'Nom non renseigné',
}
