// The words of the patient's list of visits, and of the screens with nothing to do but read.
import { isolated } from '../base/isolated.ts'

const list = new Intl.ListFormat('en-GB')

export const home = {
  waiting: {
    now: 'Loading your appointments…',
    still: 'Still waiting for your appointments. This takes longer than usual.',
  },
  opening: 'Opening your visit',
}

type Visit = { readonly when: string; readonly clinicians: readonly string[]; readonly patient: string | undefined }

export const withProfession = (name: string, profession: string) => `${isolated(name)} (${isolated(profession)})`

/** When, with whom and, where somebody acts for the patient, for whom. */
export const facts = ({ when, clinicians, patient }: Visit) => {
  const visit =
    clinicians.length > 0 ? `Your visit ${when} with ${list.format(clinicians.map(isolated))}` : `Your visit ${when}`
  return patient === undefined ? visit : `${visit} for ${isolated(patient)}`
}

export const allVisits: string = 'All your visits'

export const early = {
  title: 'You are early',
  opens: <T>(when: T): readonly (string | T)[] => ['The waiting room opens ', when, '.'],
  in: (span: string) => `That is in ${span}. You can keep this page open: it goes on by itself.`,
  far: (span: string) => `That is in ${span}. You can close this page, and come back then the way you came today.`,
  now: 'You can keep this page open: it goes on by itself.',
}

export const over = {
  title: 'The time of this visit has passed',
  todo: 'If you still need to talk to someone, call the clinic.',
}

export const cancelled = {
  title: 'This appointment was cancelled',
  todo: 'Call the clinic for a new time.',
}

export const notHeld = {
  missed: {
    title: 'This video visit is closed',
    todo: 'If you still need to talk to someone, or want a new time, call the clinic.',
  },
  moved: {
    title: 'This visit is moved to another time',
    todo: 'If you do not know the new time yet, call the clinic.',
  },
  failed: {
    title: 'The video visit did not work',
    todo: 'It could not be held for a technical reason. Call the clinic: they will tell you how it goes on.',
  },
}

export const goodbye = {
  title: 'Your visit has ended',
  thanks: 'Thank you. You can close this page.',
  worse: 'If you have a question, or if you feel worse, call the clinic.',
}

export const away = {
  title: 'You are no longer waiting',
  todo: 'You can come back at any time before your visit ends.',
  again: 'Come back',
}
