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
  /** `names`: of all whom the appointment names; only one of them can be meant by name. */
  title: {
    starts: (clock: string) => `Your visit starts at ${clock}.`,
    here: ([name, another]: readonly string[]) =>
      another !== undefined ? 'One of your clinicians is here.' : `${name ?? 'Your clinician'} is here.`,
    'with-another': ([name, another]: readonly string[]) =>
      another !== undefined
        ? 'Your clinicians are not free yet: one is with another patient.'
        : `${name ?? 'Your clinician'} is with another patient.`,
    away: ([name, another]: readonly string[]) =>
      another !== undefined ? 'None of your clinicians is here yet.' : `${name ?? 'Your clinician'} is not here yet.`,
  },
  tab: 'Waiting room',
  turn: (ahead: number) =>
    ahead === 0
      ? 'Nobody has been waiting longer than you.'
      : number(ahead, {
          one: '1 patient has been waiting longer than you.',
          other: `${ahead} patients have been waiting longer than you.`,
        }),
  sentBack: (clock: string) => `You were asked to wait again at ${clock}.`,
  since: (clock: string, span: string) => `You have been waiting since ${clock} (${span}).`,
  late: 'It takes longer than planned. You keep your place. You can also call the clinic.',
  seen: 'The clinic sees that you are here.',
  unusable: {
    told: 'Something in your appointment must be put right before you can be let in. Your clinician has been told. You keep your place.',
    untold:
      'Something in your appointment must be put right before you can be let in. Please call the clinic and say so. You keep your place.',
  },
  lost: {
    offline: 'The connection is lost. We keep trying, and you keep your place.',
    ours: 'Something on our side does not answer. We keep trying, and you keep your place.',
  },
  ready: 'Before your visit',
  keepOpen: 'Keep this page open. It goes on by itself. Your camera and microphone are off until then.',
  keepOpenSound:
    'Keep this page open. It goes on by itself, and a sound tells you. Your camera and microphone are off until then.',
  hear: 'Hear the sound',
  soundOn: 'Let a sound tell you',
  leave: 'Leave the waiting room',
}
