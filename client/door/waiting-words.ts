// What a patient reads in the waiting room. Loads with it.
import { isolated } from '../base/isolated.ts'
import { plural } from '../base/plural.ts'

const number = plural('en')

export const waitingWords = {
  /** `names`: of all whom the appointment names; only one of them can be meant by name. */
  title: {
    starts: (clock: string) => `Your visit starts at ${clock}.`,
    here: ([name, another]: readonly string[]) =>
      another !== undefined
        ? 'One of your clinicians is here.'
        : `${name === undefined ? 'Your clinician' : isolated(name)} is here.`,
    'with-another': ([name, another]: readonly string[]) =>
      another !== undefined
        ? 'Your clinicians are not free yet: one is with another patient.'
        : `${name === undefined ? 'Your clinician' : isolated(name)} is with another patient.`,
    away: ([name, another]: readonly string[]) =>
      another !== undefined
        ? 'None of your clinicians is here yet.'
        : `${name === undefined ? 'Your clinician' : isolated(name)} is not here yet.`,
  },
  tab: 'Waiting room',
  turn: (ahead: number) =>
    ahead === 0
      ? 'Nobody has been waiting longer than you.'
      : number(ahead, {
          one: '1 patient has been waiting longer than you.',
          other: `${ahead} patients have been waiting longer than you.`,
        }),
  /** Guessed from the visits of today; in minutes. */
  estimate: (from: number, to: number) =>
    from === 0
      ? `By today’s visits so far, it may be your turn within about ${to} minutes. It can change.`
      : `By today’s visits so far, it may be your turn in about ${from} to ${to} minutes. It can change.`,
  /** The heading of who was let know that it is not yet their turn. */
  patience: 'Please wait a little.',
  /** Of who said that they step away. */
  stepped: {
    title: (clock: string) => `You stepped away. Please be back by ${clock}.`,
    place:
      'You keep your place meanwhile, and the clinic sees that you are away. If you are called in, this page rings.',
  },
  /** Their page was silent since `from` for longer than a place is kept; they wait since `back`. */
  gone: (from: string, back: string) =>
    `We did not hear from this page after ${from}, so your place was not kept. You wait again since ${back}.`,
  /** The heading of who was found to be somebody else. */
  out: 'You are out of the call.',
  since: (clock: string, span: string) => `You have been waiting since ${clock} (${span}).`,
  /** No call can begin any more. */
  over: {
    title: 'The time of this visit has passed.',
    todo: 'Please call the clinic: they will tell you how it goes on. You need not keep this page open.',
  },
  late: 'It takes longer than planned. You keep your place. You can also call the clinic.',
  seen: 'The clinic sees that you are here.',
  unusable: {
    told: 'Something in your appointment must be put right before you can be let in. Your clinician has been told. You keep your place.',
    untold:
      'Something in your appointment must be put right before you can be let in. Please call the clinic: say that the appointment for your video visit needs to be corrected. You keep your place.',
  },
  /** In the place of all that may be old. */
  lost: {
    offline: 'The connection is lost.',
    ours: 'Something on our side does not answer.',
  },
  trying: 'Keep this page open: we keep trying, and you keep your place.',
  ready: 'Before your visit',
  keepOpen: 'Keep this page open. It goes on by itself. Your camera and microphone are off until then.',
  keepOpenSound:
    'Keep this page open. It goes on by itself, and a sound tells you. Your camera and microphone are off until then.',
  hear: 'Hear the sound',
  soundOn: 'Let a sound tell you',
  leave: 'Leave the waiting room',
}
