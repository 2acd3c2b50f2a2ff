// In French: remedies for everything after getting in.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/visit-words.ts'
import { askAdmin, callUs, inAMinute, tryAgain } from './remedy-words.ts'

export const visitRemedies: typeof English.visitRemedies = {
  'appointment-unknown': r(
    'A1',
    'list',
    'Nous ne trouvons pas ce rendez-vous',
    'Il a peut-être été déplacé ou supprimé.',
    {
      patient: 'Revenez à vos consultations, ou appelez la clinique.',
      clinician: 'Cherchez-le dans l’agenda, puis rouvrez-le.',
    },
  ),
  'appointment-unusable': r(
    'A2',
    'call',
    'Ce rendez-vous n’est pas complet',
    'Il lui faut un patient qui vient, un début, une fin, et un statut qui dit où il en est.',
    {
      patient: callUs,
      clinician: 'Complétez-le dans l’agenda, puis rouvrez-le. Qui l’attend garde sa place.',
    },
  ),
  'appointment-fulfilled': r(
    'A9',
    'call',
    'D’après le dossier, cette consultation a déjà eu lieu',
    'Son rendez-vous est marqué comme fait, et personne n’est venu ici.',
    {
      patient: 'Si elle doit encore avoir lieu, appelez la clinique.',
      clinician: 'Si elle doit encore avoir lieu, ouvrez-la tout de même.',
    },
  ),
  'appointment-cancelled': r(
    'A3',
    'call',
    'Ce rendez-vous a été annulé',
    'Il n’y a pas de consultation à cette heure.',
    {
      patient: 'Appelez la clinique pour un autre rendez-vous.',
      clinician: 'Revenez à votre journée.',
    },
  ),
  'appointment-past': r('A4', 'call', 'Ce rendez-vous est terminé', 'Son heure est passée.', {
    patient: 'Appelez la clinique pour un autre rendez-vous.',
    clinician: 'Revenez à votre journée.',
  }),
  'appointment-changed': r(
    'A5',
    'list',
    'Ce rendez-vous a changé',
    'Il a été déplacé, ou il est maintenant celui d’une autre personne.',
    'Revenez aux consultations et rouvrez-le.',
  ),
  'patient-replaced': r(
    'A10',
    'call',
    'Ce dossier a été remplacé par un autre',
    'Le système de dossiers médicaux l’a réuni avec un autre dossier de la même personne, que nous ne pouvons pas ouvrir d’ici.',
    {
      patient: 'Réessayez dans quelques minutes, ou appelez la clinique.',
      clinician:
        'Réessayez dans quelques minutes. Si rien ne change, faites prendre le rendez-vous pour le dossier qui compte, et ouvrez celui-là.',
    },
  ),
  'too-early': r(
    'A6',
    'list',
    'Il est trop tôt pour cette consultation',
    'La salle d’attente ouvre un peu avant la consultation.',
    'Revenez un peu plus tard.',
  ),
  'visit-finished': r('A7', 'list', 'Cette consultation est terminée', 'Plus personne ne peut y entrer.', {
    patient: 'Vous pouvez fermer cette page.',
    clinician: 'Sa note est toujours là.',
  }),
  'devices-unchecked': r(
    'D1',
    'retry',
    'Vérifions d’abord votre caméra et votre microphone',
    'Cela prend quelques secondes.',
    'Faites la vérification, puis continuez.',
  ),
  'consent-needed': r(
    'D20',
    'retry',
    'Il nous faut d’abord votre consentement',
    'La clinique le demande avant une téléconsultation.',
    'Lisez le texte, puis décidez.',
  ),
  'consent-changed': r(
    'D21',
    'retry',
    'Le texte a changé',
    'La clinique l’a modifié pendant votre lecture. Rien n’a été accepté.',
    'Lisez le nouveau texte, puis décidez.',
  ),
  'door-locked': r('D6', 'retry', 'La porte est fermée', 'Personne ne peut entrer en ce moment.', tryAgain),
  'not-admitted': r(
    'D4',
    'retry',
    'On ne vous a pas encore fait entrer',
    'C’est votre soignant qui ouvre la porte.',
    'Restez dans la salle d’attente.',
  ),
  'admission-declined': r(
    'D5',
    'call',
    'On ne vous a pas fait entrer',
    'Votre soignant n’a pas pu vous recevoir en ce moment.',
    {
      patient: callUs,
      clinician: 'Revenez à votre journée.',
    },
  ),
  'room-script-refused': r(
    'D9',
    'retry',
    'L’appel vidéo ne peut pas s’ouvrir en ce moment',
    'Les salles vidéo ne sont pas telles qu’elles ont été approuvées, ou ne répondent pas.',
    {
      patient: callUs,
      clinician: 'Prévenez les personnes qui s’occupent de vos consultations vidéo, avec ce code.',
    },
  ),
  'recording-not-asked': r(
    'D8',
    'retry',
    'Personne n’a demandé à enregistrer cette consultation',
    'La question n’est plus là.',
    'Continuez la consultation.',
  ),
  'ehr-unreachable': r(
    'E1',
    'retry',
    'Le système de dossiers médicaux ne répond pas',
    'Il est peut-être occupé.',
    inAMinute,
  ),
  'ehr-failed': r(
    'E2',
    'retry',
    'Le système de dossiers médicaux a un problème',
    'Il a répondu, mais pas comme il faut.',
    inAMinute,
  ),
  'ehr-busy': r(
    'E5',
    'retry',
    'Le système de dossiers médicaux est occupé',
    'Il nous a demandé de revenir un peu plus tard.',
    inAMinute,
  ),
  'ehr-refused': r(
    'E3',
    'retry',
    'Le système de dossiers médicaux n’a pas autorisé cela',
    'Il manque peut-être une autorisation à votre compte.',
    askAdmin,
  ),
  'ehr-too-large': r(
    'E4',
    'retry',
    'Le système de dossiers médicaux a trop envoyé',
    'Sa réponse est trop longue pour être lue en une fois.',
    askAdmin,
  ),
  'bad-request': r(
    'W1',
    'retry',
    'Cela n’a pas marché',
    'Cette page et notre système ne se sont pas compris.',
    'Rechargez la page.',
  ),
  'method-refused': r(
    'W8',
    'retry',
    'Cela n’a pas marché',
    'Cette page et notre système ne se sont pas compris.',
    'Rechargez la page.',
  ),
  'too-large': r(
    'W2',
    'retry',
    'C’est trop long',
    'Une partie du texte est plus longue que ce que nous pouvons garder.',
    'Raccourcissez-la.',
  ),
  'media-type': r(
    'W3',
    'retry',
    'Cela n’a pas marché',
    'Cette page et notre système ne se sont pas compris.',
    'Rechargez la page.',
  ),
  'not-found': r(
    'W4',
    'list',
    'Il n’y a rien à cette adresse',
    'Elle est peut-être ancienne, ou une lettre est fausse.',
    {
      patient: 'Revenez à vos consultations.',
      clinician: 'Revenez à votre journée.',
      either: 'Vérifiez l’adresse, ou ouvrez la consultation là où vous l’aviez ouverte.',
    },
  ),
  'too-many': r(
    'W5',
    'retry',
    'C’était un peu trop rapide',
    'Trop de demandes sont arrivées en peu de temps.',
    tryAgain,
  ),
  fault: r(
    'W6',
    'retry',
    'Quelque chose n’a pas marché de notre côté',
    'Cela a été noté, et nous nous en occupons.',
    inAMinute,
  ),
}
