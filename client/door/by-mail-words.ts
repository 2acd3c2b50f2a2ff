// What a patient can say of the mail about their visit: that they want it, or no more of it.

export const byMailWords = {
  title: 'Mail about this appointment',
  /** `to`: their address, as much of it as they know it by. */
  off: (to: string) =>
    `The clinic can write to ${to} when this appointment begins, when its time changes, and when it is your turn. Your name and the reason for the visit are not in it.`,
  on: (to: string) =>
    `The clinic writes to ${to} about this appointment. Your name and the reason for the visit are not in it.`,
  want: 'Write to me by mail',
  stop: 'No more mail about it',
}
