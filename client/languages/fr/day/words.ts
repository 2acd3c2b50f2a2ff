// In French: the words of the patient's list of visits, and of the screens with nothing to do but read.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/words.ts'

const list = new Intl.ListFormat('fr')

export const home: typeof English.home = {
  waiting: {
    now: 'Chargement de vos rendez-vous…',
    still: 'Toujours en attente de vos rendez-vous. Cela prend plus de temps que d’habitude.',
  },
  opening: 'Ouverture de votre consultation',
}

export const withProfession: typeof English.withProfession = (name, profession) =>
  `${isolated(name)} (${isolated(profession)})`

export const facts: typeof English.facts = ({ when, clinicians, patient }) => {
  const names = list.format(clinicians.map(isolated))
  if (patient === undefined)
    return clinicians.length > 0 ? `Votre consultation ${when} avec ${names}` : `Votre consultation ${when}`
  return clinicians.length > 0
    ? `Votre consultation ${when} avec ${names}, pour ${isolated(patient)}`
    : `Votre consultation ${when}, pour ${isolated(patient)}`
}

export const allVisits: typeof English.allVisits = 'Toutes vos consultations'

export const early: typeof English.early = {
  title: 'Vous êtes en avance',
  opens: (when) => ['La salle d’attente ouvre ', when, '.'],
  in: (span) => `C’est dans ${span}. Vous pouvez laisser cette page ouverte : la suite vient d’elle-même.`,
  far: (span) =>
    `C’est dans ${span}. Vous pouvez fermer cette page, et revenir à ce moment-là comme vous êtes venu aujourd’hui.`,
  now: 'Vous pouvez laisser cette page ouverte : la suite vient d’elle-même.',
}

export const over: typeof English.over = {
  title: 'L’heure de cette consultation est passée',
  todo: 'Si vous avez encore besoin de parler à quelqu’un, appelez la clinique.',
}

export const cancelled: typeof English.cancelled = {
  title: 'Ce rendez-vous a été annulé',
  todo: 'Appelez la clinique pour un autre rendez-vous.',
}

export const notHeld: typeof English.notHeld = {
  missed: {
    title: 'Cette consultation vidéo est close',
    todo: 'Si vous avez encore besoin de parler à quelqu’un, ou si vous voulez un autre rendez-vous, appelez la clinique.',
  },
  moved: {
    title: 'Cette consultation est déplacée à une autre heure',
    todo: 'Si vous ne connaissez pas encore la nouvelle heure, appelez la clinique.',
  },
  failed: {
    title: 'La consultation vidéo n’a pas marché',
    todo: 'Elle n’a pas pu avoir lieu pour une raison technique. Appelez la clinique : elle vous dira comment continuer.',
  },
}

export const goodbye: typeof English.goodbye = {
  title: 'Votre consultation est terminée',
  thanks: 'Merci. Vous pouvez fermer cette page.',
  worse: 'Si vous avez une question, ou si vous vous sentez plus mal, appelez la clinique.',
}

export const away: typeof English.away = {
  title: 'Vous n’attendez plus',
  todo: 'Vous pouvez revenir à tout moment avant la fin de votre consultation.',
  again: 'Revenir',
}
