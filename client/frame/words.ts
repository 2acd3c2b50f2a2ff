// The words of the visit's own window, beside the frame of a portal (a patient's page) or of a health record system (a clinician's part).
import type { Device } from './framed.ts'

export const ownWindow = {
  label: 'Its own window',
  open: 'Open the visit in its own window',
  opening: 'Opening…',
  blocked: 'Your browser did not open a window. Press this within a minute:',
}

type Closed = Device | 'unknown'

export const barred = {
  title: 'The call needs a window of its own',
  /** Which is closed; `unknown` where a camera had to be tried to learn that something is. */
  page: {
    camera:
      'This window of your portal does not allow the camera. Open the visit in a window of its own: you are signed in there, at the same place.',
    microphone:
      'This window of your portal does not allow the microphone. Open the visit in a window of its own: you are signed in there, at the same place.',
    unknown:
      'This window of your portal does not allow the camera or the microphone. Open the visit in a window of its own: you are signed in there, at the same place.',
  } satisfies Record<Closed, string>,
  part: {
    camera:
      'This window of your health record system does not allow the camera. Open the visit in a window of its own: you are signed in there, at the same place.',
    microphone:
      'This window of your health record system does not allow the microphone. Open the visit in a window of its own: you are signed in there, at the same place.',
    unknown:
      'This window of your health record system does not allow the camera or the microphone. Open the visit in a window of its own: you are signed in there, at the same place.',
  } satisfies Record<Closed, string>,
  stay: 'Go on here all the same',
}

/** While the visit of a patient's page, or the call of a clinician's, is in the other window. */
export const moved = {
  page: {
    title: 'The visit is in its own window',
    closed: 'The window of the visit was closed',
    here: 'You keep your place. You can leave this page open.',
    first: 'Close that window before you bring the visit back.',
  },
  part: {
    title: 'The call is in its own window',
    closed: 'The window of the call was closed',
    here: 'Your note stays here, and the door too.',
    first: 'Close that window before you bring the call back.',
  },
  back: 'Bring it back here',
}
