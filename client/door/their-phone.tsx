// The number under which somebody of the patient's side is rung: the patient's own by the chart, a representative's by theirs.
import type { ClinicianView, DoorPerson } from '../../server/wire/wire.ts'
import { PhoneLink } from '../ui/phone.tsx'
import { personWords } from './clinician-words.ts'

type TheirPhoneProps = {
  readonly person: Pick<DoorPerson, 'as' | 'phone'>
  readonly view: Pick<ClinicianView, 'phone'>
}

/** Nothing where no number is known. */
export function TheirPhone({ person: { as, phone: own }, view }: TheirPhoneProps) {
  const phone = as === 'patient' ? view.phone : own
  return phone === undefined ? null : <PhoneLink phone={phone} words={personWords.phone(phone)} />
}
