// Whose visit it is, said at the door and in the call where the banner above leaves it to the EHR's own: neither is ever without a name.
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import { besideFrame } from '../base/route.ts'
import { born } from '../ui/born.ts'
import { bannerWords } from './clinician-words.ts'

/** Around a window of its own there is no EHR that could say whose visit it is. */
export const bannerNames = (me: Me): boolean => me.patientBanner || besideFrame()

export function VisitOf({ me, view: { patient } }: { readonly me: Me; readonly view: ClinicianView }) {
  if (bannerNames(me)) return null
  return <p class="visit-of">{bannerWords.visitOf(patient.name, born(patient.birthDate, me.organisation.timeZone))}</p>
}
