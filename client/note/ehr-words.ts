// What is said of an EHR: its one line beside the note, and the page of all it can do.
import type { CapabilityView, Verdict } from '../../server/wire/wire.ts'
import type { WaitWords } from '../ui/words.ts'
import type { InShort, Lack } from './capability.ts'

const lacks: Readonly<Record<Lack, string>> = {
  encounters: 'neither finds nor creates encounters',
  'new-encounters': 'cannot create encounters',
  corrections: 'takes no corrections',
  searches: 'cannot be searched for them',
  appointments: 'does not let appointments be marked as done',
}

const verdicts: Readonly<Record<Verdict, string>> = {
  yes: '',
  untold: 'It does not say so; we try with care.',
  'not-offered': 'It does not offer this.',
  'not-its-way': 'This kind of system does not do it.',
  'not-granted': 'Your sign-in was not granted this.',
  'not-allowed': 'Your clinic’s policy.',
  'switched-off': 'Switched off in our settings.',
}

const waiting: WaitWords = {
  now: 'Loading what the health record system can do…',
  still: 'Still waiting for the health record system. This takes longer than usual.',
}

export const ehrWords = {
  /** The tab's. */
  title: 'What this EHR can do',
  heading: 'What this health record system can do',
  waiting,
  all: 'What this EHR can do (opens in another window)',
  works: 'What works',
  missing: 'What is missing',
  signingIn: 'Signing in',
  asks: 'What to ask the EHR’s administrator for',
  facts: 'For whoever sets this up',
  baseUrl: 'Base URL',
  software: 'Calls itself',
  softwareUntold: 'It does not say',
  metadataUntold: 'Its /metadata did not answer',
  metadataBusy: 'Its /metadata was busy (429)',
  kind: 'Treated as',
  scope: 'Granted scope',
  verdicts,
  /** Of what is lacking where the EHR has not said what it can do. */
  untried: 'It has not said so, and we do not try it without.',
  inShort(short: InShort): string {
    if (short === 'no-notes') return 'This EHR takes no notes from here: sign it, then download it as text or PDF.'
    if (short === 'busy')
      return 'This EHR was too busy to say what it can do, and is asked again later: filing is tried with care.'
    if (short === 'untold') return 'This EHR does not say what it can do: filing is tried with care.'
    if (short.length === 0) return 'This EHR files notes with their encounter, and takes corrections.'
    return `This EHR files notes, but ${new Intl.ListFormat('en-GB').format(short.map((lack) => lacks[lack]))}.`
  },
  /** What this sign-in brought, one sentence each. */
  signIn: ({ renewed, toldAppointment, toldEncounter }: CapabilityView['signIn']): readonly string[] => [
    renewed
      ? 'The sign-in is renewed by itself while you work.'
      : 'The sign-in is not renewed: when it ends, the visit goes on, and it is opened again from the chart.',
    toldAppointment
      ? 'Your sign-in told which appointment it is for.'
      : 'Your sign-in did not tell which appointment it is for: it is looked for by patient and day.',
    toldEncounter ? 'Your sign-in told which encounter is open.' : 'Your sign-in did not tell which encounter is open.',
  ],
}
