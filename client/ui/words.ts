// The words of the widgets, of times and of tabs.
import { isolated } from '../base/isolated.ts'

/** What a wait says: at first, and once it takes long. A sentence each for what is waited for. */
export type WaitWords = { readonly now: string; readonly still: string }

export const wait = {
  again: 'Load the page again',
}

export const waitForVisit: WaitWords = {
  now: 'Loading your visit…',
  still: 'Still waiting for your visit. This takes longer than usual.',
}

export const title: string = 'Video visit'

export const page = {
  signOut: 'Sign out',
  help: 'Need help?',
  elsewhere: 'Am I signed in elsewhere?',
  call: (phone: string) => `Call the clinic: ${isolated(phone)}`,
  languages: 'Language',
  signedOut: 'You are signed out',
  close: 'You can close this page.',
}

export const detailsTitle: string = 'Details'

export const clinicNamed = ({ name, phone }: { readonly name: string; readonly phone: string }) =>
  `${isolated(name)}: ${isolated(phone)}`

export const phoneLink = (phone: string) => `Call ${isolated(phone)}`

const lasting = (seconds: number): string =>
  seconds < 120
    ? `${seconds} seconds`
    : seconds < 7200
      ? `${Math.ceil(seconds / 60)} minutes`
      : `${Math.ceil(seconds / 3600)} hours`

export const problem = {
  again: 'Try again',
  back: 'Back to your visits',
  choose: 'Choose your clinic',
  signIn: 'Or sign in here',
  apart: 'Open in a window of its own',
  /** How long the health record system asked us to wait. */
  wait: (seconds: number) => `It asked for ${lasting(seconds)}.`,
  /** `code` is read out on the telephone. */
  support: <T>(code: T): readonly (string | T)[] => ['Code for support: ', code],
  /** A title that stands before sentences, as one of them. */
  headline: (title: string) => `${title}.`,
  /** By which a fault of ours is found in the log. */
  request: (number: string) => `For support, all of it: ${number}`,
}

export const times = {
  language: 'en',
  /** How this language is written where the reader has no habit of their own. */
  habit: 'en-GB',
  /** What is asked of `Intl` besides: which digits, and whose calendar. */
  asked: '',
  today: (clock: string) => `today at ${clock}`,
  on: (day: string, clock: string) => `on ${day} at ${clock}`,
  zoned: (time: string, zone: string) => `${time} (${zone})`,
  moment: 'less than a minute',
  minutes: (minutes: number) => (minutes === 0 ? 'under 1 min' : `${minutes} min`),
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  about: (age: string) => `about ${age}`,
  lessThan: (age: string) => `less than ${age}`,
}
