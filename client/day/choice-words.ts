// The words of the list of a patient's visits.
import { isolated } from '../base/isolated.ts'

const row = new Intl.ListFormat('en-GB', { type: 'unit', style: 'short' })

export const choice = {
  title: 'Your video visits',
  none: 'You have no video visit today. If you expected one, call the clinic.',
  incomplete: 'Not all of your visits could be read. If yours is missing here, try again, or call the clinic.',
  clinicians: (names: readonly string[]) => row.format(names.map(isolated)),
  forPatient: (patient: string) => `for ${isolated(patient)}`,
  goTo: 'Go to this visit',
  opens: (when: string) => `Opens ${when}.`,
  cancelled: 'This appointment was cancelled.',
  finished: 'This visit has ended.',
  failed: 'This video visit did not work. Call the clinic.',
  moved: 'This visit is moved to another time. Call the clinic if you do not know it yet.',
  over: 'The time of this visit has passed.',
  noTime: 'Time not known',
  untimed: 'This appointment says no time that can be relied on. Call the clinic: they can put it right.',
}
