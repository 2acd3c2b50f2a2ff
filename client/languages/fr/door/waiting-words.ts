// In French: what a patient reads in the waiting room.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../door/waiting-words.ts'

const number = plural('fr')
const named = (name: string | undefined) => (name === undefined ? 'Votre soignant' : isolated(name))

export const waitingWords: typeof English.waitingWords = {
  title: {
    starts: (clock) => `Votre consultation commence à ${clock}.`,
    here: ([name, another]) => (another !== undefined ? 'Un de vos soignants est là.' : `${named(name)} est là.`),
    'with-another': ([name, another]) =>
      another !== undefined
        ? 'Vos soignants ne sont pas encore libres : l’un d’eux est avec un autre patient.'
        : `${named(name)} est avec un autre patient.`,
    away: ([name, another]) =>
      another !== undefined ? 'Aucun de vos soignants n’est encore là.' : `${named(name)} n’est pas encore là.`,
  },
  tab: 'Salle d’attente',
  turn: (ahead) =>
    ahead === 0
      ? 'Personne n’attend depuis plus longtemps que vous.'
      : number(ahead, {
          one: '1 patient attend depuis plus longtemps que vous.',
          other: `${ahead} patients attendent depuis plus longtemps que vous.`,
        }),
  estimate: (from, to) =>
    from === 0
      ? `D’après les consultations d’aujourd’hui jusqu’ici, votre tour peut venir dans les ${to} minutes environ. Cela peut changer.`
      : `D’après les consultations d’aujourd’hui jusqu’ici, votre tour peut venir dans ${from} à ${to} minutes environ. Cela peut changer.`,
  patience: 'Veuillez attendre un peu.',
  stepped: {
    title: (clock) => `Vous vous êtes absenté. Veuillez revenir avant ${clock}.`,
    place:
      'Vous gardez votre place pendant ce temps, et la clinique voit que vous êtes absent. Si on vous fait entrer, cette page sonne.',
  },
  gone: (from, back) =>
    `Nous n’avons plus eu de nouvelles de cette page après ${from} : votre place n’a donc pas été gardée. Vous attendez de nouveau depuis ${back}.`,
  out: 'Vous n’êtes plus dans l’appel.',
  since: (clock, span) => `Vous attendez depuis ${clock} (${span}).`,
  over: {
    title: 'L’heure de cette consultation est passée.',
    todo: 'Veuillez appeler la clinique : elle vous dira comment continuer. Vous n’avez pas besoin de laisser cette page ouverte.',
  },
  late: 'Cela prend plus de temps que prévu. Vous gardez votre place. Vous pouvez aussi appeler la clinique.',
  seen: 'La clinique voit que vous êtes là.',
  unusable: {
    told: 'Quelque chose doit être corrigé dans votre rendez-vous avant qu’on puisse vous faire entrer. Votre soignant a été prévenu. Vous gardez votre place.',
    untold:
      'Quelque chose doit être corrigé dans votre rendez-vous avant qu’on puisse vous faire entrer. Veuillez appeler la clinique : dites que le rendez-vous de votre consultation vidéo doit être corrigé. Vous gardez votre place.',
  },
  lost: {
    offline: 'La connexion est perdue.',
    ours: 'Quelque chose de notre côté ne répond pas.',
  },
  trying: 'Laissez cette page ouverte : nous continuons d’essayer, et vous gardez votre place.',
  ready: 'Avant votre consultation',
  keepOpen:
    'Laissez cette page ouverte. La suite vient d’elle-même. D’ici là, votre caméra et votre microphone sont éteints.',
  keepOpenSound:
    'Laissez cette page ouverte. La suite vient d’elle-même, et un son vous prévient. D’ici là, votre caméra et votre microphone sont éteints.',
  hear: 'Écouter le son',
  soundOn: 'Être prévenu par un son',
  leave: 'Quitter la salle d’attente',
}
