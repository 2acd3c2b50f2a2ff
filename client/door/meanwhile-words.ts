// What somebody in the waiting room can say meanwhile: that they step away, that they are back, that they would rather be telephoned, that they cannot make it.

export const meanwhileWords = {
  step: 'I step away for 10 minutes',
  back: 'I am back',
  telephone: 'Call me by telephone instead',
  cannot: 'I cannot make it',
}

/** Read on the older of two pages of one person. */
export const elsewhereAtDoor = {
  title: 'You opened this visit on another page',
  says: 'It goes on there: on another device, or in another window. You can close this page.',
  here: 'Go on here instead',
}

/** Read by who has said that they cannot make it. */
export const cannotWords = {
  title: 'The clinic knows that you cannot make it',
  known: (clock: string) => `You said so at ${clock}.`,
  todo: 'Your appointment is not cancelled by this: your clinician decides how it goes on. For a new time, call the clinic.',
  video: 'I can come after all',
}
