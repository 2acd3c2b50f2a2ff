// What each screen of the patient's side is given, whoever reads it. Types alone.
import type { GiveConsent, PatientView, StepAway } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import type { Watched } from '../base/live.ts'
import type { Check } from '../door/check.tsx'
import type { Wish } from './patient-acts.ts'

export type ScreenProps = Parameters<typeof Check>[0] & {
  readonly watched: Watched<PatientView>
  readonly wish: Wish
  readonly lost: Problem | undefined
  onLeave(): Promise<Problem | undefined>
  onGiveUp(): void
  onStep(where: StepAway['where']): Promise<Problem | undefined>
  onCannot(): Promise<Problem | undefined>
  onTelephone(): Promise<Problem | undefined>
  onAgree(read: GiveConsent): Promise<Problem | undefined>
  onWithdraw(): Promise<Problem | undefined>
  onAgain(): void
  /** Of the visit. */
  readonly path: string
}
