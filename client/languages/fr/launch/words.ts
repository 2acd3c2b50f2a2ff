// In French: the words of the pages before a visit.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../launch/words.ts'

export const launch: typeof English.launch = {
  opening: 'Ouverture de votre consultation',
  waiting: {
    now: 'En attente de la connexion à votre clinique…',
    still: 'Toujours en attente de la connexion à votre clinique. Cela prend plus de temps que d’habitude.',
  },
}

export const noCookies: typeof English.noCookies = {
  title: 'La consultation a besoin d’une fenêtre à part',
  why: 'Cette fenêtre de votre système de dossiers médicaux ne vous garde pas connecté. Ouvrez la consultation dans une fenêtre à part.',
  open: 'Ouvrir la consultation dans sa propre fenêtre',
}

export const organisations: typeof English.organisations = {
  title: 'Où est votre consultation ?',
  tab: 'Connexion – consultation vidéo',
  waiting: {
    now: 'Chargement de la liste des cliniques…',
    still: 'Toujours en attente de la liste des cliniques. Cela prend plus de temps que d’habitude.',
  },
  none: 'Aucune clinique n’est encore installée ici. Ouvrez votre consultation depuis le portail de votre clinique.',
  choose: 'Choisissez votre clinique. Connectez-vous avec le nom et le mot de passe que vous y utilisez.',
}

export const handOver: typeof English.handOver = {
  title: 'Ouverture de votre consultation',
  waitForWindow: {
    now: 'En attente de la fenêtre d’où vous venez…',
    still: 'Toujours en attente de la fenêtre d’où vous venez. Cela prend plus de temps que d’habitude.',
  },
  stuck: 'Revenez à la fenêtre d’où vous venez. Fermez celle-ci, et appuyez encore une fois là-bas sur le bouton.',
}

export const whose: typeof English.whose = {
  title: 'Est-ce bien vous ?',
  says: {
    clinician: (name, clinic) => `Vous continueriez en tant que ${isolated(name)}, soignant à ${isolated(clinic)}.`,
    patient: (name, clinic) => `Vous continueriez en tant que ${isolated(name)}, patient de ${isolated(clinic)}.`,
    representative: (name, clinic) =>
      `Vous continueriez en tant que ${isolated(name)}, qui agit pour un patient de ${isolated(clinic)}.`,
  },
  warning:
    'Si quelqu’un vous a envoyé ce lien, ou si ce n’est pas votre nom, ne continuez pas : ce que vous diriez et écririez serait attribué à cette personne.',
  leave: 'Ce n’est pas moi',
  go: 'Oui, c’est moi',
  left: 'Rien n’a été ouvert',
  close: 'Fermez cette fenêtre. Ouvrez votre consultation depuis votre portail, ou depuis le dossier.',
}
