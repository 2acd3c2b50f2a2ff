// What a clinician reads of who somebody in the call is: what to ask, what the chart says, and what was said of it.

export const identityWords = {
  title: 'Who is it?',
  ask: 'Ask for full name and birth date.',
  askRepresentative: (name: string) =>
    `Ask ${name} for their own full name and how they are related, and for the patient’s full name and birth date.`,
  /** Of somebody under 18. */
  askChild: 'Ask also who is with them, and how they are related.',
  chart: 'The chart says:',
  merged: 'The chart has joined records of this patient: others may have stood there before.',
  confirmed: 'Confirmed',
  deny: 'Not this person',
  /** Read out as the question comes. */
  spoken: (name: string, ask: string) => `${name} is in the call. ${ask}`,
  spokenConfirmed: (name: string) => `${name} is confirmed.`,
  confirmedAt: (clock: string) => `Confirmed at ${clock}`,
  deniedAt: (clock: string) => `Not this person, as was said at ${clock}`,
}

export const denyWords = {
  title: (name: string) => `Is it not ${name}?`,
  says: 'They leave the call at once and wait at the door. Their page says why. Nothing is filed for this patient until somebody is confirmed. Your note stays as it is.',
  yes: 'Send them out',
  busy: 'Sending them out…',
  no: 'Keep in the call',
}

/** Of somebody at the door who was sent out as another. */
export const againWords = {
  title: 'Let in all the same?',
  says: 'It was said that this is not the patient. Whoever you let in is asked anew who they are.',
  yes: 'Let in all the same',
  no: 'Leave at the door',
}
