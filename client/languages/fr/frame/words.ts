// In French: the words of the visit's own window.
import type * as English from '../../../frame/words.ts'

export const ownWindow: typeof English.ownWindow = {
  label: 'Sa propre fenêtre',
  open: 'Ouvrir la consultation dans sa propre fenêtre',
  opening: 'Ouverture…',
  blocked: 'Votre navigateur n’a pas ouvert de fenêtre. Appuyez ici avant une minute :',
}

export const barred: typeof English.barred = {
  title: 'L’appel a besoin d’une fenêtre à part',
  page: {
    camera:
      'Cette fenêtre de votre portail n’autorise pas la caméra. Ouvrez la consultation dans une fenêtre à part : vous y êtes connecté, au même endroit.',
    microphone:
      'Cette fenêtre de votre portail n’autorise pas le microphone. Ouvrez la consultation dans une fenêtre à part : vous y êtes connecté, au même endroit.',
    unknown:
      'Cette fenêtre de votre portail n’autorise pas la caméra ou le microphone. Ouvrez la consultation dans une fenêtre à part : vous y êtes connecté, au même endroit.',
  },
  part: {
    camera:
      'Cette fenêtre de votre système de dossiers médicaux n’autorise pas la caméra. Ouvrez la consultation dans une fenêtre à part : vous y êtes connecté, au même endroit.',
    microphone:
      'Cette fenêtre de votre système de dossiers médicaux n’autorise pas le microphone. Ouvrez la consultation dans une fenêtre à part : vous y êtes connecté, au même endroit.',
    unknown:
      'Cette fenêtre de votre système de dossiers médicaux n’autorise pas la caméra ou le microphone. Ouvrez la consultation dans une fenêtre à part : vous y êtes connecté, au même endroit.',
  },
  stay: 'Continuer ici tout de même',
}

export const moved: typeof English.moved = {
  page: {
    title: 'La consultation est dans sa propre fenêtre',
    closed: 'La fenêtre de la consultation a été fermée',
    here: 'Vous gardez votre place. Vous pouvez laisser cette page ouverte.',
    first: 'Fermez cette fenêtre avant de ramener la consultation.',
  },
  part: {
    title: 'L’appel est dans sa propre fenêtre',
    closed: 'La fenêtre de l’appel a été fermée',
    here: 'Votre note reste ici, et la porte aussi.',
    first: 'Fermez cette fenêtre avant de ramener l’appel.',
  },
  back: 'Ramener ici',
}
