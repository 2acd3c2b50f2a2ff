// What each side sees of consent to telehealth: of whoever asks their own word, for clinicians who agreed to what, and who took it back.
import { given } from '../domain/given.ts'
import type { Ref } from '../domain/ids.ts'
import { consentOf, hasAgreed } from '../domain/visit/consent.ts'
import { isInvited, patientsWaiting } from '../domain/visit/sides.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type { ConsentAtDoor, ConsentSeen, OwnConsent } from '../wire/wire.ts'

/** Undefined where the clinic asks for none, and of a visit that is over. */
export function ownConsent({ consent }: Organisation, visit: Visit, who: Ref): OwnConsent | undefined {
  if (consent === undefined || !('call' in visit) || isInvited(who)) return undefined
  const said = consentOf(visit, who)
  if (said?.withdrawnAt !== undefined) return { is: 'withdrawn', at: said.withdrawnAt }
  if (said === undefined || !hasAgreed(visit, who, consent.version)) return { is: 'needed' }
  return { is: 'given', version: said.version, at: said.at }
}

/** Of a yes to an older version too: it stood when they came in. */
export function consentSeen(visit: Visit, who: Ref): ConsentSeen | undefined {
  const said = consentOf(visit, who)
  if (said === undefined || said.withdrawnAt !== undefined) return undefined
  const { version, language, at } = said
  return { version, language, at }
}

/** For clinicians, while the visit is open. */
export function consentAtDoor({ consent }: Organisation, visit: Visit): ConsentAtDoor {
  if (!('call' in visit)) return {}
  const withdrew = (visit.consents ?? []).flatMap(({ name, as, withdrawnAt, phone }) =>
    withdrawnAt === undefined ? [] : { name, as, at: withdrawnAt, ...given({ phone }) },
  )
  return given({ asksConsent: consent && (true as const), withdrew: withdrew.length > 0 ? withdrew : undefined })
}

/** For a row of a clinician's day, while the visit is open: of those who wait the one who has none, if any, counts. */
export function consentInRow({ consent }: Organisation, visit: Visit): ConsentSeen | 'none' | undefined {
  if (consent === undefined || !('call' in visit)) return undefined
  const waiting = patientsWaiting(visit.call.door)
  const whose = waiting.length > 0 ? waiting : (visit.consents ?? [])
  const all = whose.map(({ who }) => consentSeen(visit, who) ?? 'none')
  return all.find((one) => one === 'none') ?? all[0] ?? 'none'
}
