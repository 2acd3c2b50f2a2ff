// A consent to telehealth in the chart, as a Consent of its own, in the name of whoever gives it: made when it is given, set inactive when it is taken
// back. In the background: nothing waits for it, and where the EHR takes none, what is kept here and the note's line say all of it.
import { may } from '../domain/ehr/capability.ts'
import { idOf } from '../domain/ehr/reference.ts'
import { covers } from '../domain/ehr/scopes.ts'
import { leftAlone } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import { consentWithdrawn, telehealthConsentOf } from '../domain/note/fhir-consent.ts'
import { type ConsentWording, consentKept, consentOf } from '../domain/visit/consent.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { patiently } from './task.ts'
import { updated } from './updated.ts'

export const fileConsent = (house: House, caller: Party, wording: ConsentWording): void =>
  void filed(house, caller, wording).catch(unfiled(house))

export const withdrawInChart = (house: House, caller: Party): void => void inactive(house, caller).catch(unfiled(house))

/** A fault of ours in the background is told like any other; a refusal of the EHR's takes nothing from anybody. */
const unfiled = (house: House) => (cause: unknown) => {
  try {
    leftAlone(cause)
  } catch (fault) {
    house.log.error('fault', {}, fault)
  }
}

async function filed(house: House, caller: Party, wording: ConsentWording): Promise<void> {
  const { launch, person, visit, organisation } = caller
  const said = consentOf(visit, person.who)
  const { scope } = launch.tokens
  if (said === undefined || !covers(scope, 'Consent', 'c')) return
  if (!may(await house.profile(launch), 'fileConsents')) return
  const body = telehealthConsentOf({ visit, said, wording, system: house.config.url, clinic: organisation.name })
  const ehr = house.ehr(launch)
  const sent = await patiently({ ehr, wait: house.wait }, { method: 'POST', path: 'Consent', body })
  const isFiled = sent.outcome === 'written' && sent.reference !== undefined
  const code = isFiled ? 'filed' : sent.outcome === 'refused' ? 'not-filed' : 'unknown'
  await house.happened(caller, 'consent-filing', { code, outcome: isFiled ? 'success' : 'failed' })
  if (!isFiled || sent.reference === undefined) return
  const inChart = { iss: launch.iss, consent: sent.reference as Ref<'Consent'> } // sound: it was made as one
  const { after } = await house.changeVisit(visit.id, (v) => consentKept(v, person.who, said.at, inChart))
  // It may have been taken back meanwhile.
  if (consentOf(after, person.who)?.withdrawnAt !== undefined) await inactive(house, { ...caller, visit: after })
}

async function inactive(house: House, caller: Party): Promise<void> {
  const { launch, person, visit } = caller
  const { inChart, withdrawnAt } = consentOf(visit, person.who) ?? {}
  if (inChart === undefined || withdrawnAt === undefined || inChart.iss !== launch.iss) return
  const ehr = house.ehr(launch)
  const kept = await ehr.read('Consent', idOf(inChart.consent))
  if (kept?.etag === undefined || kept.resource.status === 'inactive') return
  const change = { method: 'PUT', body: consentWithdrawn(kept.resource, withdrawnAt) } as const
  const { now } = await updated(ehr, 'Consent', { ...kept, etag: kept.etag }, change)
  const isSo = now?.status === 'inactive'
  await house.happened(caller, 'consent-filing', {
    code: isSo ? 'inactive' : 'not-inactive',
    outcome: isSo ? 'success' : 'failed',
  })
}
