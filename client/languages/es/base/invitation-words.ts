// In Spanish: remedies for whoever was invited to a visit by a link.
import type * as English from '../../../base/invitation-words.ts'
import { r } from '../../../base/remedy.ts'
import { callUs } from './remedy-words.ts'

const askAgain = 'Pida un enlace nuevo a quien le invitó.'

export const invitationRemedies: typeof English.invitationRemedies = {
  'invitation-unknown': r(
    'I1',
    'retry',
    'No conocemos este enlace o código',
    'Puede estar mal escrito, o después se envió otro más nuevo.',
    `Revíselo otra vez. ${askAgain}`,
  ),
  'invitation-used': r(
    'I2',
    'retry',
    'Esta invitación está abierta en otro navegador',
    'Vale para un solo navegador: aquel en el que se abrió primero.',
    'Vuelva a ese navegador. Si no puede, o si no fue usted, pida un enlace nuevo a quien le invitó.',
  ),
  'invitation-revoked': r(
    'I3',
    'call',
    'Esta invitación se retiró',
    'La retiró quien le invitó, o un profesional de salud de la consulta.',
    { patient: callUs, clinician: 'Invite de nuevo a la persona.' },
  ),
  'invitation-expired': r(
    'I4',
    'call',
    'Esta consulta ya terminó para usted',
    'Se acabó, se canceló, o ya pasó su hora.',
    'Puede cerrar esta página.',
  ),
  'invitation-limit': r(
    'I5',
    'list',
    'No se puede invitar a más personas',
    'Ya están invitadas a esta consulta todas las que caben.',
    'Retire una invitación que ya no haga falta.',
  ),
}
