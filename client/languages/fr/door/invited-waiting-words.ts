// In French: what somebody who was invited reads in the waiting room, and where it goes on without them.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/invited-waiting-words.ts'

const named = (name: string | undefined) => (name === undefined ? 'Le soignant' : isolated(name))

export const invitedWaitingWords: typeof English.invitedWaitingWords = {
  title: {
    starts: (clock) => `La consultation commence à ${clock}.`,
    here: ([name, another]) => (another !== undefined ? 'Un des soignants est là.' : `${named(name)} est là.`),
    'with-another': ([name, another]) =>
      another !== undefined
        ? 'Les soignants ne sont pas encore libres : l’un d’eux est avec un autre patient.'
        : `${named(name)} est avec un autre patient.`,
    away: ([name, another]) =>
      another !== undefined ? 'Aucun des soignants n’est encore là.' : `${named(name)} n’est pas encore là.`,
  },
  turn: 'On vous fera entrer quand on aura besoin de vous.',
  estimate: (from, to) =>
    from === 0
      ? `D’après les consultations d’aujourd’hui jusqu’ici, celle-ci peut commencer dans les ${to} minutes environ. Cela peut changer.`
      : `D’après les consultations d’aujourd’hui jusqu’ici, celle-ci peut commencer dans ${from} à ${to} minutes environ. Cela peut changer.`,
  unusable: {
    told: 'Quelque chose doit être corrigé dans le rendez-vous avant qu’on puisse faire entrer quelqu’un. Le soignant a été prévenu. Vous gardez votre place.',
    untold:
      'Quelque chose doit être corrigé dans le rendez-vous avant qu’on puisse faire entrer quelqu’un. Veuillez le dire à la personne qui vous a invité. Vous gardez votre place.',
  },
}

export const invitedOver: typeof English.invitedOver = {
  title: 'L’heure de cette consultation est passée',
  todo: 'Vous n’avez pas besoin de laisser cette page ouverte.',
}

export const invitedDeclined: typeof English.invitedDeclined = {
  title: 'On ne vous a pas fait entrer',
  todo: 'Si vous pensez que c’est une erreur, demandez à la personne qui vous a invité.',
}

export const invitedCannot: typeof English.invitedCannot = {
  todo: 'La consultation peut avoir lieu sans vous. Prévenez aussi la personne qui vous a invité.',
}
