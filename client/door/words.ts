// What a patient reads before the call: the check of camera and microphone, and the waiting room.
import { plural } from '../base/plural.ts'

const number = plural('en')

export const checkWords = {
  title: 'Can we see and hear you?',
  first: 'First we check your camera and your microphone. Nobody sees you yet.',
  question: <T>(stressed: (word: string) => T) =>
    ['Your browser will ask you. Press ', stressed('Allow'), '.'] as const,
  start: 'Check camera and microphone',
  starting: 'Starting your camera and microphone…',
  slow: 'Does your browser show a question? Press Allow. It is at the top or at the bottom of the page.',
  again: 'Start the check again',
  retry: 'Try again',
  busy: 'One moment…',
  onwards: 'Go to the waiting room',
  withoutCamera: 'Go on without a camera',
  withoutMicrophone: 'Go on without a microphone',
  byTelephone: 'Go on by telephone',
  phone: (phone: string) => `Or call the clinic: ${phone}`,
}

export const findingsWords = {
  picture: 'Your own picture',
  camera: 'Camera',
  microphone: 'Microphone',
  level: 'Microphone level',
  heard: 'We can hear you.',
  silent: 'Say a few words.',
  sound: 'Play a test sound',
}

export const waitingWords = {
  title: 'Your doctor will let you in shortly.',
  tab: 'Waiting room',
  turn: (ahead: number) =>
    ahead === 0
      ? 'You are next.'
      : number(ahead, { one: '1 person is before you.', other: `${ahead} people are before you.` }),
  since: (clock: string, span: string) => `You have been waiting since ${clock} (${span}).`,
  late: 'It takes longer than planned. You keep your place. You can also call the clinic.',
  clinicianHere: 'Your doctor is here.',
  seen: 'The clinic sees that you are here.',
  lost: 'The connection is lost. We keep trying, and you keep your place.',
  ready: 'Please keep ready',
  keepOpen:
    'Keep this page open. It goes on by itself, and a sound tells you. Your camera and microphone are off until then.',
  leave: 'Leave the waiting room',
}
