// In French: what is read in a call.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../call/words.ts'

const number = plural('fr')
const list = new Intl.ListFormat('fr')
const plainList = new Intl.ListFormat('fr', { type: 'unit', style: 'short' })

export const callWords: typeof English.callWords = {
  frame: 'Appel vidéo',
  room: {
    now: 'Chargement de la salle vidéo…',
    still: 'Toujours en attente de la salle vidéo. Cela prend plus de temps que d’habitude.',
  },
  lobby: {
    clinician: {
      now: 'En attente de l’ouverture de la salle…',
      still: 'Toujours en attente de l’ouverture de la salle. Cela prend plus de temps que d’habitude.',
    },
    patient: {
      now: 'Un instant, l’image arrive.',
      still: 'Votre soignant n’a pas encore ouvert la salle. Cela prend plus de temps que d’habitude.',
    },
  },
  lost: 'Votre connexion est perdue. Nous essayons.',
  again: 'Réessayer',
  tryNow: 'Essayer maintenant',
  knockAgain: 'Demander encore une fois',
  phone: (phone) => `Ou appelez le ${isolated(phone)}`,
  support: (code) => `Code pour l’assistance : ${code}`,
  joined: 'Vous êtes dans l’appel.',
  recorded: 'Cette consultation est enregistrée.',
  exhausted: 'L’appel ne tient pas. Reconnectez-vous, ou continuez par téléphone.',
  reconnect: 'Reconnecter',
}

export const restoredWords: typeof English.restoredWords = {
  title: 'Vous n’êtes pas dans l’appel',
  todo: 'Cette page a été rouverte. Votre caméra et votre microphone sont éteints. La consultation continue, et vous pouvez entrer.',
  again: 'Entrer dans l’appel',
}

export const leftWords: typeof English.leftWords = {
  title: 'Vous avez quitté l’appel',
  todo: 'La consultation continue. Vous pouvez revenir.',
  again: 'Revenir dans l’appel',
}

export const troubleWords: typeof English.troubleWords = {
  entry: {
    title: 'La salle vidéo ne s’est pas ouverte pour vous',
    todo: 'Réessayez : vous recevrez une nouvelle entrée.',
    again: 'Réessayer',
    support: 'V1',
  },
  'turned-away': {
    title: 'La salle vidéo n’a pas été ouverte',
    todo: 'Demandez encore une fois.',
    again: 'Demander encore une fois',
    support: 'V2',
  },
  removed: {
    title: 'On vous a retiré de l’appel',
    todo: 'Si c’était par mégarde, revenez.',
    again: 'Revenir',
    support: 'V3',
  },
  ended: {
    title: 'L’appel est terminé',
    todo: 'Si la consultation continue, vous pouvez revenir.',
    again: 'Revenir',
    support: 'V4',
  },
  full: {
    title: 'La salle vidéo est pleine',
    todo: 'Attendez un moment, puis réessayez.',
    again: 'Réessayer',
    support: 'V5',
  },
  'no-room': {
    title: 'L’appel vidéo ne s’est pas chargé',
    todo: 'Cela peut venir de votre connexion à internet, ou de notre côté. Réessayez, ou continuez par téléphone.',
    again: 'Réessayer',
    support: 'V7',
  },
  elsewhere: {
    title: 'Vous avez ouvert la consultation ailleurs',
    todo: 'L’appel continue là-bas. Vous pouvez aussi le ramener sur cette page.',
    again: 'Utiliser plutôt cette page',
    support: 'V9',
  },
  unknown: {
    title: 'L’appel vidéo n’a pas commencé',
    todo: 'Réessayez, ou continuez par téléphone.',
    again: 'Réessayer',
    support: 'V8',
  },
}

export const reopenedWords: typeof English.reopenedWords = {
  ends: 'L’appel a été rouvert, pour qu’il puisse continuer.',
  word: 'L’appel a été rouvert, comme tout le monde l’a accepté.',
  slept: 'Votre appareil était en veille. Vous êtes de nouveau dans l’appel.',
  cut: 'La connexion a été perdue un moment. Vous êtes de nouveau dans l’appel.',
  unseen: 'Les autres ne vous voyaient plus. Vous êtes de nouveau dans l’appel.',
  unheard: 'L’image ne bougeait plus. L’appel a été rouvert.',
  bridge: 'La vidéo s’était arrêtée. Vous êtes de nouveau dans l’appel.',
  line: 'La connexion a été perdue un moment. Vous êtes de nouveau dans l’appel.',
  shut: 'Au début, le système vidéo n’ouvrait pas la salle. Vous êtes maintenant dans l’appel.',
  silence: 'La salle vidéo ne répondait pas au début. Vous êtes maintenant dans l’appel.',
}

export const lostWords: typeof English.lostWords = {
  bridge: {
    now: 'La vidéo s’est arrêtée. Le système vidéo indique qu’une partie lui manque. L’appel revient de lui-même.',
    still:
      'La vidéo manque toujours. Restez sur cette page : l’appel revient de lui-même, et vous n’avez rien à faire.',
  },
  line: {
    now: 'La connexion à la vidéo est perdue. L’appel revient de lui-même.',
    still:
      'Toujours pas de connexion à la vidéo. Restez sur cette page : l’appel revient de lui-même, et vous n’avez rien à faire.',
  },
  shut: {
    now: 'Le système vidéo n’ouvre pas encore la salle. Un nouvel essai se fait de lui-même.',
    still:
      'Le système vidéo n’ouvre toujours pas la salle. Restez sur cette page : l’appel commence de lui-même, et vous n’avez rien à faire.',
  },
  silence: {
    now: 'La salle vidéo ne répond pas encore. Un nouvel essai se fait de lui-même.',
    still:
      'La salle vidéo ne répond toujours pas. Restez sur cette page : l’appel commence de lui-même, et vous n’avez rien à faire.',
  },
  support: 'V6',
}

export const whoIsHereWords: typeof English.whoIsHereWords = {
  alone: 'Il n’y a que vous dans l’appel.',
  aloneSince:
    'La consultation est toujours ouverte, et on peut encore revenir : restez ici. Si personne ne vient dans quelques minutes, appelez la clinique.',
  aloneYet: 'Restez ici. Si personne ne vient dans quelques minutes, appelez la clinique.',
  here: (names) => {
    const listed = list.format(names.map(isolated))
    return number(names.length, { one: `${listed} est là.`, other: `${listed} sont là.` })
  },
  backSoon: (name, clock) => `${isolated(name)} revient tout de suite (absence depuis ${clock}).`,
  coming: (names) => {
    const listed = list.format(names.map(isolated))
    return number(names.length, { one: `${listed} est en train d’entrer.`, other: `${listed} sont en train d’entrer.` })
  },
  gone: (name, clock) => `${isolated(name)} a quitté l’appel à ${clock}.`,
}

export const hintWords: typeof English.hintWords = {
  microphoneFailed:
    'Votre microphone ne marche pas ici : personne ne vous entend. Autorisez-le pour cette page, puis reconnectez-vous.',
  microphoneOff: 'Votre microphone est éteint : personne ne vous entend.',
  cameraFailed:
    'Votre caméra ne marche pas ici : personne ne vous voit. Autorisez-la pour cette page, puis reconnectez-vous.',
  cameraOff: 'Votre caméra est éteinte.',
  bothFailed:
    'Votre caméra et votre microphone ne marchent pas ici : personne ne vous voit ni ne vous entend. Autorisez-les pour cette page, puis reconnectez-vous.',
  bothOff: 'Votre caméra et votre microphone sont éteints : personne ne vous voit ni ne vous entend.',
}

export const qualityWords: typeof English.qualityWords = {
  paused: 'La vidéo est en pause pour garder le son.',
  spoken: 'La vidéo est en pause pour garder le son.',
  videoOn: 'Remettre la vidéo',
  phone: (phone) => `Pas de son non plus ? Appelez le ${isolated(phone)}`,
}

const nameless = 'une personne sans nom'

export const uninvitedWords: typeof English.uninvitedWords = {
  atRoomDoor: (names) =>
    `Également à la porte de la salle elle-même, sans qu’on les ait fait entrer : ${plainList.format(names.map((name) => (name ? isolated(name) : nameless)))}`,
  inCall: (name) => `Dans l’appel, sans être passé par votre porte : ${name ? isolated(name) : nameless}.`,
  takeOut: 'Retirer',
}

export const recordingWords: typeof English.recordingWords = {
  title: 'Enregistrement',
  unasked: 'Cette consultation est enregistrée, et personne n’a été consulté. Dites-le, ou quittez l’appel.',
  runs: 'Tout le monde a accepté : cette consultation est enregistrée.',
  stopping: 'Tout le monde n’est pas d’accord : l’enregistrement s’arrête. S’il continue, quittez l’appel.',
  question:
    'Votre soignant souhaite enregistrer cette consultation. Elle n’est enregistrée que si tout le monde accepte, et vous pouvez arrêter l’enregistrement à tout moment. La consultation continue dans les deux cas.',
  refused: 'Vous n’avez pas accepté. Cette consultation n’est pas enregistrée.',
  allAgreed: 'Tout le monde a accepté : cette consultation peut maintenant être enregistrée.',
  agreed: 'Vous avez accepté. Elle n’est pas encore enregistrée : tout le monde n’a pas accepté.',
  yes: 'Oui, j’accepte',
  yesNow: 'J’accepte maintenant',
  no: 'Non, ne pas enregistrer',
  stop: 'Arrêter l’enregistrement',
  takeBack: 'Retirer ma réponse',
}
