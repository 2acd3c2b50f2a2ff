// Who waits for the clinician who asks, at whichever of her visits. Refuses nobody who is signed in as one; asks no EHR.
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { whoWaits } from '../house/who-waits.ts'
import type { WhoWaits } from '../wire/wire.ts'
import type { Tells } from './step.ts'

export const whoWaitsForMe = async (house: House, caller: SignedIn): Promise<Tells<WhoWaits>> => ({
  body: await whoWaits(house, caller),
})
