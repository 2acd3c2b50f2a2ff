// What people are called, and what is said of them, where the EHR has no name or no word for it.

export const nameWords = {
  clinician: 'Clinician',
  patient: 'Patient',
  representative: 'Representative',
  guest: 'Guest',
  interpreter: 'Interpreter',
  colleague: 'Colleague',
  notRecorded: 'Name not recorded',
} as const

export type NameWord = (typeof nameWords)[keyof typeof nameWords]
