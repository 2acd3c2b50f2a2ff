// Remedies for everything after getting in: the appointment, the door, the note, the chart, the connection.
import { r } from './remedy.ts'
import { askAdmin, callUs, inAMinute, tryAgain } from './remedy-words.ts'

export const visitRemedies = {
  'appointment-unknown': r('A1', 'list', 'We cannot find this appointment', 'It may have been moved or removed.', {
    patient: 'Go back to your visits, or call the clinic.',
    clinician: 'Look it up in the schedule, then open it again.',
  }),
  'appointment-unusable': r(
    'A2',
    'call',
    'This appointment is not complete',
    'It needs one patient who comes, a start, an end, and a status that says how it stands.',
    {
      patient: callUs,
      clinician: 'Complete it in the schedule, then open it again. Whoever waits for it keeps their place.',
    },
  ),
  'appointment-fulfilled': r(
    'A9',
    'call',
    'This visit is done, as the chart says',
    'Its appointment is marked as done, and nobody has come here.',
    { patient: 'If it is still to be, call the clinic.', clinician: 'If it is still to be, open it all the same.' },
  ),
  'appointment-cancelled': r('A3', 'call', 'This appointment was cancelled', 'There is no visit at this time.', {
    patient: 'Call the clinic for a new time.',
    clinician: 'Go back to your day.',
  }),
  'appointment-past': r('A4', 'call', 'This appointment is over', 'Its time has passed.', {
    patient: 'Call the clinic for a new time.',
    clinician: 'Go back to your day.',
  }),
  'appointment-changed': r(
    'A5',
    'list',
    'This appointment has changed',
    'It was moved, or it belongs to someone else now.',
    'Go back to the visits and open it again.',
  ),
  'patient-replaced': r(
    'A10',
    'call',
    'This record was replaced by another',
    'The health record system has joined it to another record of the same person, which we cannot open from here.',
    {
      patient: 'Try again in a few minutes, or call the clinic.',
      clinician:
        'Try again in a few minutes. If it stays so, have the appointment booked for the record that counts, and open that one.',
    },
  ),
  'too-early': r(
    'A6',
    'list',
    'It is too early for this visit',
    'The waiting room opens a little before the visit.',
    'Come back a little later.',
  ),
  'visit-finished': r('A7', 'list', 'This visit has ended', 'Nobody can join it any more.', {
    patient: 'You can close this page.',
    clinician: 'Its note is still there.',
  }),
  'devices-unchecked': r(
    'D1',
    'retry',
    'Let us check your camera and microphone first',
    'It takes a few seconds.',
    'Do the check, then go on.',
  ),
  'door-locked': r('D6', 'retry', 'The door is locked', 'Nobody can join now.', tryAgain),
  'not-admitted': r(
    'D4',
    'retry',
    'You have not been let in yet',
    'Your clinician opens the door.',
    'Stay in the waiting room.',
  ),
  'admission-declined': r('D5', 'call', 'You were not let in', 'Your clinician could not see you now.', {
    patient: callUs,
    clinician: 'Go back to your day.',
  }),
  'room-script-refused': r(
    'D9',
    'retry',
    'The video call cannot open now',
    'The video rooms are not as they were approved, or do not answer.',
    { patient: callUs, clinician: 'Tell the people who look after your video visits, with this code.' },
  ),
  'recording-not-asked': r(
    'D8',
    'retry',
    'Nobody asked to record this visit',
    'The question is no longer there.',
    'Go on with the visit.',
  ),
  'ehr-unreachable': r('E1', 'retry', 'The health record system does not answer', 'It may be busy.', inAMinute),
  'ehr-failed': r(
    'E2',
    'retry',
    'The health record system has trouble',
    'It answered, but not as it should.',
    inAMinute,
  ),
  'ehr-busy': r(
    'E5',
    'retry',
    'The health record system is busy',
    'It asked us to come back a little later.',
    inAMinute,
  ),
  'ehr-refused': r(
    'E3',
    'retry',
    'The health record system did not allow this',
    'Your account there may lack a permission.',
    askAdmin,
  ),
  'ehr-too-large': r(
    'E4',
    'retry',
    'The health record system sent too much',
    'It answered with more than can be read at once.',
    askAdmin,
  ),
  'bad-request': r(
    'W1',
    'retry',
    'That did not work',
    'This page and our system did not understand each other.',
    'Load the page again.',
  ),
  'method-refused': r(
    'W8',
    'retry',
    'That did not work',
    'This page and our system did not understand each other.',
    'Load the page again.',
  ),
  'too-large': r(
    'W2',
    'retry',
    'That is too long',
    'One part of the text is longer than we can keep.',
    'Make it shorter.',
  ),
  'media-type': r(
    'W3',
    'retry',
    'That did not work',
    'This page and our system did not understand each other.',
    'Load the page again.',
  ),
  'not-found': r('W4', 'list', 'There is nothing at this address', 'It may be old, or a letter of it may be wrong.', {
    patient: 'Go back to your visits.',
    clinician: 'Go back to your day.',
    either: 'Look at the address again, or open the visit from where you opened it before.',
  }),
  'too-many': r('W5', 'retry', 'That was a little too fast', 'Too many requests came in a short time.', tryAgain),
  fault: r('W6', 'retry', 'Something went wrong on our side', 'It was written down, and we look after it.', inAMinute),
}
