// The words of what clinicians see in several subjects, and patients nowhere.

export const bornWords = {
  born: (date: string) => `born ${date}`,
  bornWithAge: (date: string, age: string) => `born ${date} (${age})`,
  unknown: 'Birth date not in the chart',
}

/** The language as the health record names it, where it does. */
export const interpreterNeeded = ({ language }: { readonly language?: string }) =>
  language === undefined
    ? 'Interpreter needed: the chart does not say for which language'
    : `Interpreter needed: ${language}`

/** Of somebody who waits and is not there; clock times. */
export const awayAtDoorWords = {
  said: (since: string, until: string) => `Stepped away at ${since}, back by ${until}`,
  silent: (since: string, until: string) => `Page closed or asleep since ${since}. Their place is kept until ${until}.`,
  gone: (clock: string) => `Left at ${clock}`,
}

const list = new Intl.ListFormat('en-GB', { type: 'unit', style: 'short' })

export const knock = {
  title: 'Somebody is waiting',
  titleLocked: 'Somebody tried to come in',
  titleTelephone: 'Somebody asks for the telephone',
  /** Spoken; the names of all who came at once. */
  spoken: (names: readonly string[]) => `${list.format(names)} waiting at the door.`,
  elsewhere: (names: readonly string[]) => `${list.format(names)} waiting for you at another visit.`,
  nameless: 'Somebody is waiting for you at another visit. Open it from your health record system.',
  byTelephone: (names: readonly string[]) => `${list.format(names)} would rather speak by telephone.`,
  atLocked: (names: readonly string[]) => `${list.format(names)} tried to come in. The door is locked.`,
  unanswered: (names: readonly string[]) => `Nobody has answered yet: ${list.format(names)} waiting.`,
  another: 'Somebody who was sent out, since they were not the patient, waits again.',
}

export const back = {
  toList: 'Back to the appointments',
  toDay: 'Back to your day',
}
