// In French: what a patient reads where the clinic asks for consent to telehealth.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/consent-words.ts'

export const consentWords: typeof English.consentWords = {
  title: 'Acceptez-vous une téléconsultation ?',
  first: 'Votre clinique demande votre consentement avant une téléconsultation. Veuillez lire son texte, puis décider.',
  whose: (giver, patient) => `Vous décidez en tant que ${isolated(giver)}, pour ${isolated(patient)}.`,
  text: 'Le texte de votre clinique',
  version: (version, date) => `Version ${isolated(version)}, en vigueur depuis le ${date}`,
  reading: {
    now: 'Chargement du texte de votre clinique…',
    still: 'Nous attendons toujours le texte de votre clinique.',
  },
  changed:
    'Votre clinique a modifié ce texte pendant que vous le lisiez. Rien n’a été accepté. Voici le nouveau texte.',
  back: 'Vous pouvez retirer votre consentement quand vous voulez : dans la salle d’attente et pendant l’appel.',
  agree: 'J’accepte',
  agreeFor: (patient) => `J’accepte au nom de ${isolated(patient)}`,
  decline: 'Je n’accepte pas',
  busy: 'Un instant…',
}

export const noConsentWords: typeof English.noConsentWords = {
  title: 'Sans votre consentement, il n’y a pas de téléconsultation',
  stays: 'Votre caméra et votre microphone restent éteints. Votre rendez-vous n’est pas annulé pour autant.',
  withdrawn: (clock) =>
    `À ${clock}, vous avez retiré votre consentement. Vous n’êtes plus dans la salle d’attente ni dans l’appel. Votre clinique le voit sur son écran.`,
  instead: 'Vous pouvez parler à votre clinique par téléphone, ou lui demander une consultation en personne.',
  byTelephone: 'Demander à parler par téléphone',
  phone: (phone) => `Appeler la clinique : ${isolated(phone)}`,
  again: 'Relire le texte',
}

export const withdrawWords: typeof English.withdrawWords = {
  act: 'Retirer mon consentement',
  title: 'Retirer votre consentement à la téléconsultation ?',
  says: 'Vous quittez la salle d’attente, ou l’appel. Votre clinique en est informée. Ce qui a été dit et écrit jusqu’ici est conservé. Vous pourrez accepter de nouveau plus tard.',
  yes: 'Le retirer',
  no: 'Continuer la consultation',
}
