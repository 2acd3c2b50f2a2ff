// In French: what a patient reads who came while the door was locked.
import type * as English from '../../../door/locked-words.ts'

export const lockedWords: typeof English.lockedWords = {
  title: 'La salle d’attente est fermée pour un moment.',
  why: 'Votre soignant l’a fermée à ceux qui n’y sont pas encore. À tout moment, il peut l’ouvrir, ou vous laisser entrer, vous seul.',
  seen: (clock) => `Votre clinique voit que vous avez essayé d’entrer à ${clock}.`,
  keepOpen: 'Laissez cette page ouverte : la suite vient d’elle-même.',
  trying: 'Nous continuons d’essayer.',
  coming: 'Vous pouvez maintenant aller à la salle d’attente.',
  leave: 'Ne plus attendre',
}
