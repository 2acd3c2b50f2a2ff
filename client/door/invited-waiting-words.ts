// What somebody who was invited reads where a patient reads of their own visit: in the waiting room, and where it goes on without them.
import { isolated } from '../base/isolated.ts'

const named = (name: string | undefined) => (name === undefined ? 'The clinician' : isolated(name))

export const invitedWaitingWords = {
  title: {
    starts: (clock: string) => `The visit starts at ${clock}.`,
    here: ([name, another]: readonly string[]) =>
      another !== undefined ? 'One of the clinicians is here.' : `${named(name)} is here.`,
    'with-another': ([name, another]: readonly string[]) =>
      another !== undefined
        ? 'The clinicians are not free yet: one is with another patient.'
        : `${named(name)} is with another patient.`,
    away: ([name, another]: readonly string[]) =>
      another !== undefined ? 'None of the clinicians is here yet.' : `${named(name)} is not here yet.`,
  },
  /** They are in no queue of patients. */
  turn: 'You are let in when you are needed.',
  /** In minutes. */
  estimate: (from: number, to: number) =>
    from === 0
      ? `By today’s visits so far, this one may begin within about ${to} minutes. It can change.`
      : `By today’s visits so far, this one may begin in about ${from} to ${to} minutes. It can change.`,
  unusable: {
    told: 'Something in the appointment must be put right before anybody can be let in. The clinician has been told. You keep your place.',
    untold:
      'Something in the appointment must be put right before anybody can be let in. Please tell whoever invited you. You keep your place.',
  },
}

export const invitedOver = { title: 'The time of this visit has passed', todo: 'You need not keep this page open.' }

export const invitedDeclined = {
  title: 'You were not let in',
  todo: 'If you think this is a mistake, ask whoever invited you.',
}

/** Of who has said that they cannot make it. */
export const invitedCannot = { todo: 'The visit may take place without you. Please tell whoever invited you, too.' }
