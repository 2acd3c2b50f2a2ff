// In French: what somebody reads who was invited, before they have pressed.
import type * as English from '../../../launch/join-words.ts'

export const joinWords: typeof English.joinWords = {
  title: 'Vous êtes invité à une consultation vidéo',
  first:
    'Utilisez le téléphone ou l’ordinateur avec lequel vous voulez être vu et entendu. Votre invitation ne vaudra ensuite que pour ce navigateur.',
  go: 'Aller à la salle d’attente',
  going: 'Ouverture de la salle d’attente…',
  haveCode: 'J’ai un code',
  codeTitle: 'Saisissez votre code',
  codeFirst: 'Le code a dix lettres et chiffres. Il se trouve dans votre invitation.',
  code: 'Code',
  example: 'Par exemple : 7KPT2-XQ4RD',
}
