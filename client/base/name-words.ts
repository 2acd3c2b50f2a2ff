// What the server calls somebody who has no name, as the reader's language has it.
import type { NameWord } from '../../server/wire/wire.ts'

export const namelessWords: Readonly<Record<NameWord, string>> = {
  Clinician: 'Clinician',
  Patient: 'Patient',
  Representative: 'Representative',
  Guest: 'Guest',
  Interpreter: 'Interpreter',
  Colleague: 'Colleague',
  'Name not recorded': 'Name not recorded',
}
