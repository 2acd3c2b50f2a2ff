// How long each thing is kept of people and their visits, in seconds. All of it goes by itself when its time is over.

const [minute, hour, year] = [60, 3600, 365 * 24 * 3600]

export const retention = {
  /** A browser's mark that somebody signed out in it: it names nobody. */
  signedOut: 30 * 24 * 3600,
  /** From leaving for the EHR's sign-in to coming back from it. */
  pending: 10 * minute,
  /** A sign-in ends then, whatever its person does; and what memory holds of people in a visit is of no use for longer. */
  launch: 12 * hour,
  /** A sign-in that the EHR refused to renew, from then on. */
  unrenewed: 4 * hour,
  /** The key that takes a sign-in to a window of its own. */
  handOver: minute,
  /** What the outside is to be told of a visit, from the last word of it: a receiver that is away for days can have it afterwards. */
  outbox: 7 * 24 * hour,
  /** How far the trail was read for the outside, and that a receiver wants no more, from the last start on. */
  outsideTold: year,
  /** A visit without a note, from its Appointment's end. */
  visit: year,
  /** A note from its first words, and its visit with it: until it is in the chart it is the only copy there is. */
  note: 10 * year,
} as const
