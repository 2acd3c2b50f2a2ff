// In French: why somebody is not let in now, as their own page says it.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/turned-away-words.ts'

export const notNowSentences: typeof English.notNowSentences = {
  'a-little-longer': 'Veuillez attendre encore un peu.',
  'with-another': 'Votre soignant est d’abord avec un autre patient.',
  'something-first': 'Votre soignant doit d’abord s’occuper de quelque chose pour votre consultation.',
}

export const refusedSentences: typeof English.refusedSentences = {
  'cannot-now': 'Votre soignant ne peut pas vous recevoir maintenant.',
  'not-by-video': 'Cela ne peut pas se faire par vidéo.',
  'we-telephone': 'Votre soignant vous téléphonera.',
  'another-visit': 'Ce n’est pas la bonne consultation pour vous.',
}

export const saidWhy: typeof English.saidWhy = (why) =>
  'words' in why ? turnedAwayWords.wrote(why.words) : { ...notNowSentences, ...refusedSentences }[why.reason]

export const turnedAwayWords: typeof English.turnedAwayWords = {
  another: (patient) =>
    `Votre soignant n’a pas pu établir que vous êtes la personne à qui cette consultation est destinée : vous n’êtes donc plus dans l’appel. Elle est pour ${isolated(patient)} : demandez-lui de venir à cet écran et d’attendre ici, ou appelez la clinique.`,
  title: 'On n’a pas pu vous faire entrer',
  again: 'Demander de nouveau à entrer',
  wrote: (words) => `Votre soignant a écrit : « ${isolated(words)} »`,
  sentBack: (clock) => `À ${clock}, on vous a demandé d’attendre de nouveau.`,
  asked: (clock) => `À ${clock}, votre soignant vous a demandé d’attendre.`,
  place: 'Vous gardez votre place.',
  todo: 'Veuillez appeler la clinique : elle vous dira quoi faire.',
  todoTelephone: 'Gardez votre téléphone près de vous. Si personne n’appelle, appelez la clinique.',
}
