// What a patient reads who came while the door was locked.

export const lockedWords = {
  title: 'The waiting room is closed for a while.',
  why: 'Your clinician has closed it for everybody who is not in it yet. They can open it, or let you alone in, at any time.',
  seen: (clock: string) => `Your clinic sees that you tried to come in at ${clock}.`,
  keepOpen: 'Keep this page open: it goes on by itself.',
  trying: 'We keep trying.',
  coming: 'You can go on to the waiting room now.',
  leave: 'Do not wait any longer',
}
