// What people are called, and what is said of them, where the EHR has no name or no word for it.

export const nameWords = {
  clinician: 'Clinician',
  patient: 'Patient',
  representative: 'Representative',
  notRecorded: 'Name not recorded',
}
