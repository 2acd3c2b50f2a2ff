// What this EHR can do for the signed-in clinician, as verdicts: the page has the words. What /metadata does not say is `untold`.

import { amendsBy, may } from '../domain/ehr/capability.ts'
import { given } from '../domain/given.ts'
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { CapabilityView } from '../wire/wire.ts'
import type { Tells } from './step.ts'

export async function capability(house: House, { launch }: SignedIn): Promise<Tells<CapabilityView>> {
  const profile = await house.profile(launch, 'briefly')
  const { kind, told, busyUntil, software, verdicts, renewed } = profile
  const body: CapabilityView = {
    kind,
    told,
    iss: launch.iss,
    verdicts,
    signIn: {
      renewed,
      toldAppointment: launch.appointment !== undefined,
      toldEncounter: launch.encounter !== undefined,
    },
    ...given({ software, busyUntil }),
    drafts: may(profile, 'draftNotes'),
    amends: amendsBy(profile) !== undefined,
    marksMistakes: may(profile, 'updateNotes'),
    scope: launch.tokens.scope.split(' ').filter(Boolean),
  }
  return { body }
}
