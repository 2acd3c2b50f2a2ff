// Sentences that several remedies share. Who is not known yet may be a clinician: they are not told to call the clinic.

export const reopen = {
  patient: 'Open the visit again from your portal.',
  clinician: 'Open the visit again from the chart.',
  either: 'Open the visit again from where you opened it.',
}
export const callUs: string = 'Call the clinic. They can help you.'
export const askAdmin = {
  patient: callUs,
  clinician: 'Tell the people who look after your health record system, with the code below.',
}
/** `first`: what to do before anybody is asked. */
export const elseAsk = (first: string) => ({
  patient: `${first} If it does not work, call the clinic.`,
  clinician: `${first} If it does not work, tell the people who look after your health record system.`,
})
export const tryAgain: string = 'Wait a moment, then try again.'
/** Where the trouble is not the person's, and passes. */
export const inAMinute = {
  patient: 'Try again in a minute, or call the clinic.',
  clinician: tryAgain,
  either: 'Try again in a minute.',
}
