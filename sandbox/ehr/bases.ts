// Owns the hospital's FHIR base URLs: which there are, whom each one serves, and the hospital as it is seen from one of them.
import type { UserRef } from './contract.ts'
import type { Base, Hospital } from './hospital.ts'
import type { Personality } from './personality.ts'

/** The bases of a personality, its clinicians' first. */
export function basesOf(origin: string, personality: Personality): Base[] {
  const { forPatients } = personality
  const base = (one: Personality, users: Base['users']): Base => {
    const path = one.path ?? '/fhir'
    return { iss: origin + path, path, personality: one, users }
  }
  if (!forPatients) return [base(personality, 'all')]
  return [base(personality, 'clinicians'), base(forPatients, 'patients')]
}

/** The hospital as seen from one of its bases. */
export function seenFrom(hospital: Hospital, base: Base): Hospital {
  const issuer = base.personality.smart?.issuerIsBase ? base.iss : `${hospital.origin}/oauth`
  return { ...hospital, base, iss: base.iss, personality: base.personality, issuer }
}

/** The hospital as seen from the base with this URL, exactly; undefined when it has none. */
export function at(hospital: Hospital, iss: string | undefined): Hospital | undefined {
  const base = hospital.bases.find((one) => one.iss === iss)
  return base && seenFrom(hospital, base)
}

/** The FHIR base as a launch names it. */
export const toldIss = ({ iss, personality }: Pick<Base, 'iss' | 'personality'>): string =>
  personality.smart?.slashInLaunch ? `${iss}/` : iss

/** The hospital as seen from the base with this URL, exactly, or as its launches name it. */
export function baseOf(hospital: Hospital, aud: string | undefined): Hospital | undefined {
  const named = hospital.bases.find((one) => toldIss(one) === aud)
  return named ? seenFrom(hospital, named) : at(hospital, aud)
}

/** The hospital as it is seen by this user. */
export function homeOf(hospital: Hospital, user: UserRef): Hospital {
  const base = hospital.bases.find((one) => serves(one, user)) ?? hospital.base
  return seenFrom(hospital, base)
}

export function serves({ users }: Base, user: UserRef): boolean {
  const isClinician = /^Practitioner(Role)?\//.test(user)
  return users === 'all' || (users === 'clinicians') === isClinician
}
