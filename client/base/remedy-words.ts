// Sentences that several remedies share.

export const reopen = {
  patient: 'Open the visit again from your portal.',
  clinician: 'Open the visit again from the chart.',
  either: 'Open the visit again from where you opened it.',
}
export const callUs = 'Call the clinic. They can help you.'
export const askAdmin = {
  patient: callUs,
  clinician: 'Tell the people who look after your health record system, with the code below.',
}
export const tryAgain = 'Wait a moment, then try again.'
