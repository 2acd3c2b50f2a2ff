// Remedies for getting in: the launch, the sign-in, and whose visit it is.
import { r } from './remedy.ts'
import { askAdmin, reopen } from './remedy-words.ts'

export const entryRemedies = {
  'unknown-issuer': r(
    'S1',
    'sign-in',
    'We do not know this health record system',
    'The page that sent you here belongs to a system we do not work with.',
    askAdmin,
  ),
  'launch-incomplete': r('S2', 'sign-in', 'The link is not complete', 'A part of the address is missing.', {
    patient: 'Open the visit again from your portal, or choose your clinic here.',
    clinician: 'Open the visit again from the chart, or choose your organisation here.',
  }),
  'launch-unknown': r(
    'S3',
    'reopen',
    'This sign-in is no longer good',
    'It was used before, or it took too long.',
    reopen,
  ),
  'launch-elsewhere': r(
    'S4',
    'sign-in',
    'This sign-in began somewhere else',
    'It was started in another browser or window, or your browser does not keep it here.',
    'Choose your clinic again, in this window or in one of its own.',
  ),
  'launch-declined': r(
    'S5',
    'sign-in',
    'You were not signed in',
    'The sign-in was cancelled, or your clinic did not allow it.',
    'Sign in again. If it does not work, call the clinic.',
  ),
  'launch-failed': r(
    'S6',
    'sign-in',
    'Your clinic’s sign-in did not answer',
    'It may be busy.',
    'Try again in a minute, or call the clinic.',
  ),
  'identity-unverified': r(
    'S7',
    'sign-in',
    'We could not be sure who you are',
    'Your clinic’s sign-in did not tell us.',
    {
      patient: 'Sign in again. If it does not work, call the clinic.',
      clinician: 'Sign in again. If it does not work, tell the people who look after your system.',
    },
  ),
  'role-unknown': r(
    'S8',
    'call',
    'This account cannot join visits',
    'It belongs neither to a patient, nor to someone who acts for a patient, nor to a clinician.',
    askAdmin,
  ),
  'scope-missing': r(
    'S9',
    'sign-in',
    'Some permissions are missing',
    'Your health record system did not allow all that a video visit needs.',
    'Sign in again and leave all the boxes ticked.',
  ),
  'session-ended': r(
    'S10',
    'reopen',
    'You are signed out',
    'This happens after a while, to keep your visit private.',
    reopen,
  ),
  'ehr-session-ended': r(
    'S11',
    'reopen',
    'Your health record system signed you out',
    'This happens after a while.',
    reopen,
  ),
  'origin-refused': r(
    'S12',
    'reopen',
    'This page cannot do that',
    'The request did not come from our own page.',
    reopen,
  ),
  'hand-over-unknown': r('S13', 'reopen', 'This window was opened too late', 'Or it was opened before.', reopen),
  'clinician-only': r(
    'P1',
    'list',
    'Only a clinician can do that',
    'You are signed in as someone else.',
    'Go back to the visits.',
  ),
  'patient-only': r(
    'P2',
    'list',
    'Only the patient can do that',
    'Or someone who acts for the patient.',
    'Go back to the visits.',
  ),
  'not-participant': r('P3', 'list', 'This appointment is with other people', 'Your name is not on it.', {
    patient: 'Go back to your visits, or call the clinic.',
    clinician: 'Go back to your day. If it should be yours, have the appointment changed.',
  }),
  'other-patient': r(
    'P4',
    'list',
    'This is another patient’s appointment',
    'This window was opened for one patient only.',
    { patient: 'Go back to your visits, or call the clinic.', clinician: 'Open this visit from that patient’s chart.' },
  ),
  'no-longer-participant': r(
    'P6',
    'list',
    'This appointment is with other people now',
    'It was changed since you opened it, and your name is no longer on it.',
    {
      patient: 'Go back to your visits, or call the clinic.',
      clinician: 'Go back to your day. If it should be yours, have the appointment changed, then open it again.',
    },
  ),
  'not-your-visit': r(
    'P5',
    'list',
    'This visit is not open to you',
    'It belongs to other people.',
    'Go back to the visits.',
  ),
}
