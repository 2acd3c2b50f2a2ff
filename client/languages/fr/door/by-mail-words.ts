// In French: what a patient can say of the mail about their visit.
import type * as English from '../../../door/by-mail-words.ts'

export const byMailWords: typeof English.byMailWords = {
  title: 'Courriels sur ce rendez-vous',
  off: (to) =>
    `La clinique peut vous écrire à ${to} pour vous dire quand ce rendez-vous commence, si son horaire change et quand c’est votre tour. Ni votre nom ni le motif de la consultation n’y figurent.`,
  on: (to) =>
    `La clinique vous écrit à ${to} au sujet de ce rendez-vous. Ni votre nom ni le motif de la consultation n’y figurent.`,
  want: 'M’écrire par courriel',
  stop: 'Ne plus m’écrire à ce sujet',
}
