// Where somebody of the patient's side, or who was invited, stands in a visit: what their page is told. Part of wire.ts, through which the client reads it.
import type { Instant } from '../domain/ids.ts'
import type { NotNow, WhyRefused } from '../domain/visit/turned-away.ts'
import type { AtLockedDoor, MessageToYou, SaidLate } from './door.ts'
import type { EndedAs } from './outcome.ts'

/** `outside`: not at the door, before they have knocked or since they left it. */
export type Place =
  | {
      readonly at: 'outside'
      readonly window: 'too-early' | 'open' | 'over'
      /** Since when the clinic knows that they would rather speak by telephone. */
      readonly byTelephone?: Instant
      /** Since when the clinic knows that they cannot make it. */
      readonly cannotCome?: Instant
      /** They tried to come in at a locked door; their page waits. */
      readonly locked?: AtLockedDoor
    }
  | {
      readonly at: 'door'
      readonly since: Instant
      /** How many other visits of the same clinicians have had somebody waiting for longer. */
      readonly ahead: number
      /** As far as their pages tell: one is at this visit, one is in the call of another, or neither is known. */
      readonly clinician: 'here' | 'with-another' | 'away'
      /** In minutes from now, guessed from how long the visits of the clinician took today; absent where nothing can be guessed. */
      readonly estimate?: { readonly from: number; readonly to: number }
      /** They were in the room, and were asked to wait again. */
      readonly sentBackAt?: Instant
      /** They were sent out, since the clinician found them to be another than whom the visit is for. */
      readonly denied?: true
      /** The last time that their clinician asked for patience, unless they were in the room since. */
      readonly notNow?: NotNow
      /** They said that they step away, and are back by then. */
      readonly backBy?: Instant
      /** Their page was silent since then for so long that their place was not kept: they wait anew. */
      readonly goneSince?: Instant
      readonly late?: SaidLate
      /** What their clinician wrote to them, the newest last. */
      readonly messages?: readonly MessageToYou[]
      /** Nobody can be let in: the appointment lacks something. `told`: a clinician of the visit has read so. */
      readonly unusable?: 'told' | 'untold'
    }
  | { readonly at: 'admitted' }
  | { readonly at: 'declined'; readonly why?: WhyRefused }
  | { readonly at: 'finished'; readonly finishedAt: Instant; readonly as?: EndedAs }
  | { readonly at: 'cancelled' }
