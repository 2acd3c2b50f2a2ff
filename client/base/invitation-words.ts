// Remedies for whoever was invited to a visit by a link, and for the clinician who invites.
import { r } from './remedy.ts'
import { callUs } from './remedy-words.ts'

const askAgain = 'Ask whoever invited you for a new link.'

export const invitationRemedies = {
  'invitation-unknown': r(
    'I1',
    'retry',
    'This link or code is not known',
    'It may be mistyped, or a newer one was sent since.',
    `Look at it once more. ${askAgain}`,
  ),
  'invitation-used': r(
    'I2',
    'retry',
    'This invitation is open in another browser',
    'It is good for one browser alone: the one in which it was opened first.',
    'Go back to that browser. If you cannot, or if it was not you, ask whoever invited you for a new link.',
  ),
  'invitation-revoked': r(
    'I3',
    'call',
    'This invitation was taken back',
    'Whoever invited you, or a clinician of the visit, has taken it back.',
    { patient: callUs, clinician: 'Invite the person anew.' },
  ),
  'invitation-expired': r(
    'I4',
    'call',
    'This visit is over for you',
    'It has ended, was called off, or its time has passed.',
    'You can close this page.',
  ),
  'invitation-limit': r(
    'I5',
    'list',
    'No more people can be invited',
    'As many are invited to this visit as it takes.',
    'Take an invitation back that is not needed any more.',
  ),
}
