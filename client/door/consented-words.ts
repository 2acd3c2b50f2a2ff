// What a clinician reads of consent to telehealth: who agreed to which text, who has not, and who took it back.

export const consentedWords = {
  given: (version: string, clock: string) => `Agreed to telehealth at ${clock}, text ${version}`,
  none: 'Has not agreed to telehealth yet',
  withdrew: (name: string, clock: string) =>
    `${name} took back their agreement to telehealth at ${clock}. They are out of the call, and cannot come back without agreeing anew. What was written stays.`,
}
