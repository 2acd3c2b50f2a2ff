// In French: remedies for whoever was invited to a visit by a link.
import type * as English from '../../../base/invitation-words.ts'
import { r } from '../../../base/remedy.ts'
import { callUs } from './remedy-words.ts'

const askAgain = 'Demandez un nouveau lien à la personne qui vous a invité.'

export const invitationRemedies: typeof English.invitationRemedies = {
  'invitation-unknown': r(
    'I1',
    'retry',
    'Ce lien ou ce code n’est pas connu',
    'Il contient peut-être une faute de frappe, ou un plus récent a été envoyé depuis.',
    `Vérifiez-le encore une fois. ${askAgain}`,
  ),
  'invitation-used': r(
    'I2',
    'retry',
    'Cette invitation est ouverte dans un autre navigateur',
    'Elle ne vaut que pour un seul navigateur : celui dans lequel elle a été ouverte en premier.',
    'Retournez à ce navigateur. Si vous ne le pouvez pas, ou si ce n’était pas vous, demandez un nouveau lien à la personne qui vous a invité.',
  ),
  'invitation-revoked': r(
    'I3',
    'call',
    'Cette invitation a été retirée',
    'La personne qui vous a invité, ou un soignant de la consultation, l’a retirée.',
    { patient: callUs, clinician: 'Invitez de nouveau la personne.' },
  ),
  'invitation-expired': r(
    'I4',
    'call',
    'Cette consultation est finie pour vous',
    'Elle s’est terminée, a été annulée, ou son heure est passée.',
    'Vous pouvez fermer cette page.',
  ),
  'invitation-limit': r(
    'I5',
    'list',
    'On ne peut pas inviter plus de personnes',
    'Autant de personnes que possible sont déjà invitées à cette consultation.',
    'Retirez une invitation dont vous n’avez plus besoin.',
  ),
}
