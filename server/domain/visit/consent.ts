// Whether somebody has agreed to telehealth by their clinic's own text: given before they knock, and taken back whenever they like. Pure.
// Refuses (`consent-changed`) a yes to another text than stands now, and (`consent-needed`) to let anybody knock without one where the clinic asks for it.
import { Refusal } from '../errors.ts'
import type { Instant, Ref } from '../ids.ts'
import type { AgreedTo, TelehealthConsent } from './consent-shape.ts'
import { turnedOut } from './door.ts'
import { isInvited } from './sides.ts'
import { requireOpen } from './visit.ts'
import type { Visit } from './visit-shape.ts'

/** A clinic's text as it stands now. `date`: a FHIR `date`, since when it counts; `hash`: SHA-256 of `text` in UTF-8, base64url. */
export type ConsentWording = AgreedTo & { readonly date: string; readonly text: string }

/** Their last word in this visit: a yes, or one that was taken back. */
export const consentOf = (visit: Visit, who: Ref): TelehealthConsent | undefined =>
  visit.consents?.find((one) => one.who === who)

/** Asked anew only when the version changes: words put right under the same version ask nobody again. */
export function hasAgreed(visit: Visit, who: Ref, version: string): boolean {
  const said = consentOf(visit, who)
  return said !== undefined && said.withdrawnAt === undefined && said.version === version
}

/** What they read must be what stands now, to the letter: nobody agrees to words they have not seen. */
export function requireSameWording(read: AgreedTo, now: ConsentWording | undefined): ConsentWording {
  const isSame = now?.version === read.version && now.language === read.language && now.hash === read.hash
  if (!isSame) throw new Refusal('consent-changed')
  return now
}

/** Their yes. Given twice for one version, the first stands. Refuses `visit-finished` and `appointment-cancelled`. */
export function agreed(visit: Visit, consent: Omit<TelehealthConsent, 'withdrawnAt'>): Visit {
  const at = requireOpen(visit)
  if (hasAgreed(at, consent.who, consent.version)) return at
  return { ...at, consents: [...others(at, consent.who), consent] }
}

/**
 * Taken back: they leave the door and the call, and must agree anew before they knock. What was said and written until then stays. Where
 * nothing is there to take back, nothing changes. Refuses `visit-finished` and `appointment-cancelled`.
 */
export function withdrawn(visit: Visit, who: Ref, now: Instant): Visit {
  const at = requireOpen(visit)
  const said = consentOf(at, who)
  if (said === undefined || said.withdrawnAt !== undefined) return at
  return { ...turnedOut(at, who), consents: [...others(at, who), { ...said, withdrawnAt: now }] }
}

/** The EHR has it as a Consent of its own; nothing changes where that yes, given `at` then, is not the last one any more. */
export function consentKept(
  visit: Visit,
  who: Ref,
  at: Instant,
  inChart: NonNullable<TelehealthConsent['inChart']>,
): Visit {
  const said = consentOf(visit, who)
  if (said?.at !== at || said.inChart !== undefined) return visit
  return { ...visit, consents: [...others(visit, who), { ...said, inChart }] }
}

/** Passes a visit on, also for whoever was invited, who agrees to no treatment; refuses `consent-needed`. `version`: of the text as it stands now; undefined where the clinic asks for none. */
export function requireConsent(visit: Visit, who: Ref, version: string | undefined): Visit {
  if (version !== undefined && !isInvited(who) && !hasAgreed(visit, who, version)) throw new Refusal('consent-needed')
  return visit
}

const others = ({ consents = [] }: Visit, who: Ref) => consents.filter((one) => one.who !== who)
