// In French: the question before somebody who waits leaves, or signs out.
import type * as English from '../../../ui/sign-out-words.ts'

export const signOutWords: typeof English.signOutWords = {
  door: {
    title: 'Vous déconnecter et perdre votre place ?',
    says: 'Pour revenir, rouvrez la consultation.',
    yes: 'Quitter et se déconnecter',
    no: 'Continuer d’attendre',
  },
  room: {
    title: 'Quitter et perdre votre place ?',
    says: 'Vous pouvez revenir avant la fin de votre consultation.',
    yes: 'Oui, quitter',
    no: 'Continuer d’attendre',
  },
  telephone: {
    title: 'Demander un appel par téléphone ?',
    says: 'Vous quittez la salle d’attente, et votre clinique lit que vous préférez un appel.',
    yes: 'Oui, le dire',
    no: 'Continuer d’attendre',
  },
  cannot: {
    title: 'Dire à la clinique que vous ne pouvez pas venir ?',
    says: 'Vous quittez la salle d’attente, et votre soignant le lit. Cela n’annule pas votre rendez-vous.',
    yes: 'Oui, le dire',
    no: 'Continuer d’attendre',
  },
  call: {
    title: 'Vous déconnecter et quitter l’appel ?',
    says: 'La consultation continue sans vous. Pour revenir, rouvrez-la.',
    yes: 'Quitter et se déconnecter',
    no: 'Rester',
  },
}
