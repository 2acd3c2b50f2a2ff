// The words of the pages before a visit: the launch page, and the way into a window of its own.
import { isolated } from '../base/isolated.ts'

export const launch = {
  opening: 'Opening your visit',
  waiting: {
    now: 'Waiting for your clinic’s sign-in…',
    still: 'Still waiting for your clinic’s sign-in. This takes longer than usual.',
  },
}

export const noCookies = {
  title: 'The visit needs a window of its own',
  why: 'This window of your health record system does not keep you signed in. Open the visit in a window of its own.',
  open: 'Open the visit in its own window',
}

export const organisations = {
  title: 'Where is your visit?',
  tab: 'Sign in – video visit',
  waiting: {
    now: 'Loading the list of clinics…',
    still: 'Still waiting for the list of clinics. This takes longer than usual.',
  },
  none: 'No clinic is set up here yet. Open your visit from your clinic’s portal.',
  choose: 'Choose your clinic. You sign in with the name and password that you use there.',
}

export const handOver = {
  title: 'Opening your visit',
  waitForWindow: {
    now: 'Waiting for the window you came from…',
    still: 'Still waiting for the window you came from. This takes longer than usual.',
  },
  stuck: 'Go back to the window you came from. Close this one, and press the button there once more.',
}

/** Before a window that was opened by its address alone goes on. */
export const whose = {
  title: 'Is this you?',
  says: {
    clinician: (name: string, clinic: string) =>
      `You would go on as ${isolated(name)}, a clinician at ${isolated(clinic)}.`,
    patient: (name: string, clinic: string) =>
      `You would go on as ${isolated(name)}, a patient of ${isolated(clinic)}.`,
    representative: (name: string, clinic: string) =>
      `You would go on as ${isolated(name)}, who acts for a patient of ${isolated(clinic)}.`,
  },
  warning:
    'If somebody sent you this link, or this is not your name, do not go on: what you say and write would be theirs.',
  leave: 'This is not me',
  go: 'Yes, this is me',
  left: 'Nothing was opened',
  close: 'Close this window. Open your visit from your portal, or from the chart.',
}
