// Consent to telehealth by the clinic's own text: read, given, taken back. What was shown is what is written down.
// Refuses a yes to a text that has changed since it was read.
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { agreed, consentOf, requireSameWording, withdrawn } from '../domain/visit/consent.ts'
import { fileConsent, withdrawInChart } from '../filing/consent.ts'
import type { AtVisit, Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { seenBy } from '../house/views.ts'
import { consentIn } from '../settings/consent.ts'
import type { ConsentText, GiveConsent, ReadConsent } from '../wire/wire.ts'
import type { Tells, VisitSeen } from './step.ts'

/** The text as it stands now; `not-found` where the clinic asks for none. */
export async function readConsent(
  _house: House,
  { organisation }: AtVisit,
  { language }: ReadConsent,
): Promise<Tells<ConsentText>> {
  const body = consentIn(organisation, language)
  if (body === undefined) throw new Refusal('not-found')
  return { body }
}

/** Who gives it comes from the sign-in, never from the request: the patient, or who acts for them. */
export async function giveConsent(house: House, caller: Party, read: GiveConsent): Promise<VisitSeen> {
  const { person, organisation } = caller
  const wording = requireSameWording(read, consentIn(organisation, read.language))
  const { version, language, hash } = wording
  const as = person.role === 'representative' ? 'representative' : 'patient'
  const whose = { who: person.who, as, name: person.name, ...given({ phone: person.phone }) } as const
  const consent = { ...whose, version, language, hash, at: house.now() }
  const { before, after: visit } = await house.changeVisit(caller.visit.id, (v) => agreed(v, consent))
  if (visit !== before) {
    await house.happened(caller, 'consent-given', { patient: visit.patient, version, language })
    // Nobody waits for the chart: what was given counts without it.
    fileConsent(house, { ...caller, visit }, wording)
  }
  return seenBy(house, caller, visit)
}

/** Ends what it covered: their place at the door, and their call. */
export async function withdrawConsent(house: House, caller: Party): Promise<VisitSeen> {
  const { who } = caller.person
  const now = house.now()
  const { before, after: visit } = await house.changeVisit(caller.visit.id, (v) => withdrawn(v, who, now))
  const said = consentOf(before, who)
  if (visit !== before && said !== undefined) {
    const { version, language } = said
    await house.happened(caller, 'consent-withdrawn', { patient: visit.patient, version, language })
    withdrawInChart(house, { ...caller, visit })
  }
  return seenBy(house, caller, visit)
}
