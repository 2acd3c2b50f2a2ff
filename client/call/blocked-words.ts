// What is read when two people are in the call and neither picture nor sound comes through.
import { isolated } from '../base/isolated.ts'
import type { Blocked } from './media.ts'

type Todo = Readonly<Record<Blocked, string>>
const patient: Todo = {
  unknown:
    'The network on one of the two sides may hold the video back. Try another one: mobile data in place of Wi-Fi, or the other way round. Then press Reconnect.',
  theirs: 'It is held back on the other side, and nothing is wrong with yours. They are told what to try.',
}
const clinician: Todo = {
  unknown:
    'The network on one of the two sides may hold the video back. Try another one, such as a phone’s mobile data in place of the clinic’s Wi-Fi, then press Reconnect. Your IT can let it through: UDP port 10000 to the video system, or port 443 to its relay.',
  theirs:
    'It is held back on the other side, and not on yours. They are told to try mobile data in place of Wi-Fi, or the other way round.',
}

export const blockedWords = {
  what: 'No picture and no sound comes through.',
  todo: { patient, clinician },
  reconnect: 'Reconnect',
  call: (phone: string) => `Or call ${isolated(phone)}`,
  callNamed: (name: string, phone: string) => `Or call ${isolated(name)}: ${isolated(phone)}`,
  /** Where no number is known. */
  byTelephone: 'If it stays so, go on by telephone.',
}
