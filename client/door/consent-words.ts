// What a patient, or who acts for one, reads where the clinic asks for consent to telehealth: before its text, beside it, and after a no.
import { isolated } from '../base/isolated.ts'

export const consentWords = {
  title: 'Do you agree to a video visit?',
  first: 'Your clinic asks for your agreement before a video visit. Please read its text, then decide.',
  whose: (giver: string, patient: string) => `You decide as ${isolated(giver)}, for ${isolated(patient)}.`,
  text: 'The text of your clinic',
  version: (version: string, date: string) => `Version ${isolated(version)}, in force since ${date}`,
  reading: {
    now: 'Loading the text of your clinic…',
    still: 'Still waiting for the text of your clinic.',
  },
  changed: 'Your clinic changed this text while you were reading it. Nothing was agreed. This is the new text.',
  back: 'You can take your agreement back whenever you like: in the waiting room, and in the call.',
  agree: 'I agree',
  agreeFor: (patient: string) => `I agree for ${isolated(patient)}`,
  decline: 'I do not agree',
  busy: 'One moment…',
}

/** Who does not agree, and who took it back. */
export const noConsentWords = {
  title: 'Without your agreement there is no video visit',
  stays: 'Your camera and microphone stay off. Your appointment is not cancelled by this.',
  withdrawn: (clock: string) =>
    `At ${clock} you took your agreement back. You are no longer in the waiting room or in the call. Your clinic sees this on its screen.`,
  instead: 'You can speak with your clinic by telephone, or ask it for a visit in person.',
  byTelephone: 'Ask to speak by telephone',
  phone: (phone: string) => `Call the clinic: ${isolated(phone)}`,
  again: 'Read the text again',
}

export const withdrawWords = {
  act: 'Take my agreement back',
  title: 'Take back your agreement to the video visit?',
  says: 'You leave the waiting room, or the call. Your clinic is told. What was said and written until now stays. You can agree again later.',
  yes: 'Take it back',
  no: 'Go on with the visit',
}
