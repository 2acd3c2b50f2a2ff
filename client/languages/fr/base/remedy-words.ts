// In French: sentences that several remedies share.
import type * as English from '../../../base/remedy-words.ts'

export const reopen: typeof English.reopen = {
  patient: 'Rouvrez la consultation depuis votre portail.',
  clinician: 'Rouvrez la consultation depuis le dossier.',
  either: 'Rouvrez la consultation là où vous l’avez ouverte.',
}
export const callUs: typeof English.callUs = 'Appelez la clinique. Elle peut vous aider.'
export const askAdmin: typeof English.askAdmin = {
  patient: callUs,
  clinician: 'Prévenez les personnes qui s’occupent de votre système de dossiers médicaux, avec le code ci-dessous.',
}
export const elseAsk: typeof English.elseAsk = (first) => ({
  patient: `${first} Si cela ne marche pas, appelez la clinique.`,
  clinician: `${first} Si cela ne marche pas, prévenez les personnes qui s’occupent de votre système de dossiers médicaux.`,
})
export const tryAgain: typeof English.tryAgain = 'Attendez un moment, puis réessayez.'
export const inAMinute: typeof English.inAMinute = {
  patient: 'Réessayez dans une minute, ou appelez la clinique.',
  clinician: tryAgain,
  either: 'Réessayez dans une minute.',
}
