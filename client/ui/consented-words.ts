// What a clinician reads of consent to telehealth: who agreed to which text, who has not, and who took it back.

import type { ConsentSeen } from '../../server/wire/wire.ts'

export const consentedWords = {
  given: (version: string, clock: string) => `Agreed to telehealth at ${clock}, text ${version}`,
  /** In a row of the day. */
  inShort: (consent: ConsentSeen | 'none', clock: (at: ConsentSeen['at']) => string) =>
    consent === 'none' ? consentedWords.none : consentedWords.given(consent.version, clock(consent.at)),
  none: 'Has not agreed to telehealth yet',
  withdrew: (name: string, clock: string) =>
    `${name} took back their agreement to telehealth at ${clock}. They are out of the call, and cannot come back without agreeing anew. What was written stays.`,
}
