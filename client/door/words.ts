// What a patient reads before the call, in the check of camera and microphone.
import { isolated } from '../base/isolated.ts'

export const checkWords = {
  title: 'Can we see and hear you?',
  first: 'First we check your camera and your microphone. Nobody sees you yet.',
  question: <T>(stressed: (word: string) => T): readonly (string | T)[] => [
    'Your browser will ask you. Press ',
    stressed('Allow'),
    '.',
  ],
  start: 'Check camera and microphone',
  starting: 'Starting your camera and microphone…',
  slow: 'Does your browser show a question? Press Allow. It is at the top or at the bottom of the page.',
  retry: 'Try again',
  busy: 'One moment…',
  onwards: 'Go to the waiting room',
  withoutCamera: 'Go on without a camera',
  withoutMicrophone: 'Go on without a microphone',
  byTelephone: 'Go on by telephone',
  phone: (phone: string) => `Or call the clinic: ${isolated(phone)}`,
}
