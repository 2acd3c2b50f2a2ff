// In French: the words of a page before it knows who is signed in.
import type * as English from '../../words.ts'

export const shell: typeof English.shell = {
  language: 'fr',
  direction: 'ltr',
  title: 'Consultation vidéo',
  noScript: 'JavaScript est désactivé',
  switchOn:
    'Une consultation vidéo en a besoin. Activez-le dans votre navigateur. Si vous êtes patient, vous pouvez aussi appeler votre soignant.',
}

export const opening: typeof English.opening = {
  title: 'Ouverture de votre consultation',
  waiting: {
    now: 'Chargement des données de votre clinique…',
    still: 'Toujours en attente de votre clinique. Cela prend plus de temps que d’habitude.',
  },
}
