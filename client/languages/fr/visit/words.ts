// In French: what a patient reads around the door and the call.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../visit/words.ts'

const list = new Intl.ListFormat('fr')

export const visitWords: typeof English.visitWords = {
  comeIn: 'Vous pouvez entrer',
  letIn: 'On vous fait entrer. L’appel commence maintenant.',
  ended: 'Votre consultation est terminée.',
  cancelled: 'Ce rendez-vous a été annulé. Veuillez appeler la clinique.',
  declined: 'On n’a pas pu vous faire entrer. Veuillez appeler la clinique.',
}

export const callPageWords: typeof English.callPageWords = {
  title: (clinicians) =>
    clinicians.length > 0
      ? `Votre consultation avec ${list.format(clinicians.map(isolated))}`
      : 'Votre consultation avec votre soignant',
  tab: 'Votre consultation',
  forPatient: (patient) => `pour ${isolated(patient)}`,
  phone: (phone) => `Un problème ? Appelez le ${isolated(phone)}`,
}
