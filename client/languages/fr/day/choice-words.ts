// In French: the words of the list of a patient's visits.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/choice-words.ts'

const row = new Intl.ListFormat('fr', { type: 'unit', style: 'short' })

export const choice: typeof English.choice = {
  title: 'Vos consultations vidéo',
  none: 'Vous n’avez pas de consultation vidéo aujourd’hui. Si vous en attendiez une, appelez la clinique.',
  incomplete:
    'Toutes vos consultations n’ont pas pu être lues. Si la vôtre manque ici, réessayez, ou appelez la clinique.',
  clinicians: (names) => row.format(names.map(isolated)),
  forPatient: (patient) => `pour ${isolated(patient)}`,
  goTo: 'Aller à cette consultation',
  opens: (when) => `Ouvre ${when}.`,
  cancelled: 'Ce rendez-vous a été annulé.',
  finished: 'Cette consultation est terminée.',
  failed: 'Cette consultation vidéo n’a pas marché. Appelez la clinique.',
  moved: 'Cette consultation est déplacée à une autre heure. Appelez la clinique si vous ne la connaissez pas encore.',
  over: 'L’heure de cette consultation est passée.',
  noTime: 'Heure inconnue',
  untimed: 'Ce rendez-vous n’indique pas d’heure sûre. Appelez la clinique : elle peut le corriger.',
}
