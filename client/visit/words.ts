// What a patient reads around the door and the call: whose visit it is, and what has changed.
import { isolated } from '../base/isolated.ts'

const list = new Intl.ListFormat('en-GB')

export const visitWords = {
  comeIn: 'You can come in',
  letIn: 'You are let in. The call starts now.',
  ended: 'Your visit has ended.',
  cancelled: 'This appointment was cancelled. Please call the clinic.',
  declined: 'You could not be let in. Please call the clinic.',
}

export const callPageWords = {
  title: (clinicians: readonly string[]) =>
    clinicians.length > 0
      ? `Your visit with ${list.format(clinicians.map(isolated))}`
      : 'Your visit with your clinician',
  tab: 'Your visit',
  forPatient: (patient: string) => `for ${isolated(patient)}`,
  phone: (phone: string) => `Trouble? Call ${isolated(phone)}`,
}
