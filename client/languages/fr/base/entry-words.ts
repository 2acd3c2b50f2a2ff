// In French: remedies for getting in.
import type * as English from '../../../base/entry-words.ts'
import { r } from '../../../base/remedy.ts'
import { askAdmin, elseAsk, reopen } from './remedy-words.ts'

export const entryRemedies: typeof English.entryRemedies = {
  'unknown-issuer': r(
    'S1',
    'sign-in',
    'Nous ne connaissons pas ce système de dossiers médicaux',
    'La page d’où vous venez appartient à un système avec lequel nous ne travaillons pas.',
    askAdmin,
  ),
  'launch-incomplete': r('S2', 'sign-in', 'Le lien n’est pas complet', 'Il manque une partie de l’adresse.', {
    patient: 'Rouvrez la consultation depuis votre portail, ou choisissez votre clinique ici.',
    clinician: 'Rouvrez la consultation depuis le dossier, ou choisissez votre organisation ici.',
    either: 'Rouvrez la consultation là où vous l’avez ouverte, ou choisissez votre clinique ici.',
  }),
  'launch-unknown': r(
    'S3',
    'reopen',
    'Cette connexion n’est plus valable',
    'Elle a déjà servi, ou elle a pris trop de temps.',
    reopen,
  ),
  'launch-elsewhere': r(
    'S4',
    'sign-in',
    'Cette connexion a commencé ailleurs',
    'Elle a été commencée dans un autre navigateur ou une autre fenêtre, ou votre navigateur ne la garde pas ici.',
    'Choisissez de nouveau votre clinique, dans cette fenêtre ou dans une fenêtre à part.',
  ),
  'launch-mixed-up': r(
    'S14',
    'sign-in',
    'La réponse venait d’une autre connexion',
    'Ce n’était pas la connexion que vous avez choisie.',
    elseAsk('Choisissez de nouveau votre clinique.'),
  ),
  'issuer-contested': r(
    'S15',
    'call',
    'Cette connexion est fermée pour le moment',
    'Deux connexions portent ici le même nom, et nous ne pouvons pas savoir laquelle est celle de votre clinique.',
    askAdmin,
  ),
  'launch-declined': r(
    'S5',
    'sign-in',
    'Vous n’avez pas été connecté',
    'La connexion a été annulée, ou votre clinique ne l’a pas autorisée.',
    elseAsk('Connectez-vous de nouveau.'),
  ),
  'launch-failed': r(
    'S6',
    'sign-in',
    'La connexion à votre clinique n’a pas marché',
    'Elle n’a pas répondu, ou pas comme il faut.',
    elseAsk('Réessayez dans une minute.'),
  ),
  'identity-unverified': r(
    'S7',
    'sign-in',
    'Nous n’avons pas pu vérifier qui vous êtes',
    'La connexion à votre clinique ne nous l’a pas dit.',
    elseAsk('Connectez-vous de nouveau.'),
  ),
  'role-unknown': r(
    'S8',
    'call',
    'Ce compte ne permet pas d’entrer dans une consultation',
    'Il n’appartient ni à un patient, ni à une personne qui agit pour un patient, ni à un soignant.',
    askAdmin,
  ),
  'scope-missing': r(
    'S9',
    'sign-in',
    'Il manque des autorisations',
    'Votre système de dossiers médicaux n’a pas autorisé tout ce dont une consultation vidéo a besoin.',
    'Connectez-vous de nouveau et laissez toutes les cases cochées.',
  ),
  'session-ended': r(
    'S10',
    'reopen',
    'Vous êtes déconnecté',
    'Cela arrive après un certain temps, pour que votre consultation reste privée.',
    {
      ...reopen,
      patient: `Si vous attendiez, vous n’attendez plus. ${reopen.patient}`,
    },
  ),
  'ehr-session-ended': r(
    'S11',
    'reopen',
    'Votre système de dossiers médicaux vous a déconnecté',
    'Cela arrive après un certain temps.',
    reopen,
  ),
  'origin-refused': r(
    'S12',
    'reopen',
    'Cette page ne peut pas faire cela',
    'La demande ne venait pas de notre propre page.',
    reopen,
  ),
  'hand-over-unknown': r(
    'S13',
    'reopen',
    'Cette fenêtre a été ouverte trop tard',
    'Ou bien elle a déjà été ouverte.',
    reopen,
  ),
  'clinician-only': r(
    'P1',
    'list',
    'Seul un soignant peut faire cela',
    'Vous êtes connecté comme une autre personne.',
    'Revenez aux consultations.',
  ),
  'patient-only': r(
    'P2',
    'list',
    'Seul le patient peut faire cela',
    'Ou une personne qui agit pour lui.',
    'Revenez aux consultations.',
  ),
  'not-participant': r('P3', 'list', 'Ce rendez-vous est avec d’autres personnes', 'Votre nom n’y figure pas.', {
    patient: 'Revenez à vos consultations, ou appelez la clinique.',
    clinician: 'Revenez à votre journée. S’il devait être le vôtre, faites changer le rendez-vous.',
  }),
  'other-patient': r(
    'P4',
    'list',
    'C’est le rendez-vous d’un autre patient',
    'Cette fenêtre a été ouverte pour un seul patient.',
    {
      patient: 'Revenez à vos consultations, ou appelez la clinique.',
      clinician: 'Ouvrez cette consultation depuis le dossier de ce patient.',
    },
  ),
  'no-longer-participant': r(
    'P6',
    'list',
    'Ce rendez-vous est maintenant avec d’autres personnes',
    'Il a été changé depuis que vous l’avez ouvert, et votre nom n’y figure plus.',
    {
      patient: 'Revenez à vos consultations, ou appelez la clinique.',
      clinician: 'Revenez à votre journée. S’il devait être le vôtre, faites changer le rendez-vous, puis rouvrez-le.',
    },
  ),
  'not-your-visit': r(
    'P5',
    'list',
    'Cette consultation ne vous est pas ouverte',
    'Elle appartient à d’autres personnes.',
    'Revenez aux consultations.',
  ),
}
