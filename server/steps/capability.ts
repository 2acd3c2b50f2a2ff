// What this EHR can do for the signed-in clinician: one line for the note's panel, and every ability for who sets it up.
// Refuses nothing; what /metadata does not say is shown as untold.
import { type Ability, abilities, amendsBy, may, type Verdict } from '../domain/ehr/capability.ts'
import { abilityWords, clinicianLine, signInWords } from '../domain/ehr/capability-words.ts'
import type { Caller } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { CapabilityView } from '../wire/wire.ts'
import type { Reply } from './step.ts'

export async function capability(house: House, { launch }: Caller): Promise<Reply> {
  const profile = await house.profile(launch)
  const { kind, told, software, verdicts } = profile
  const body: CapabilityView = {
    line: clinicianLine(profile),
    ...{ kind, told, iss: launch.iss },
    ...(software === undefined ? {} : { software }),
    drafts: may(profile, 'draftNotes'),
    amends: amendsBy(profile) !== undefined,
    marksMistakes: may(profile, 'updateNotes'),
    abilities: abilities.map((ability) => row(ability, verdicts[ability])),
    signIn: signInWords(profile),
    scope: launch.tokens.scope.split(' ').filter(Boolean),
  }
  return { body }
}

function row(ability: Ability, verdict: Verdict): CapabilityView['abilities'][number] {
  const { yes, no, ask } = abilityWords[ability]
  const does = verdict === 'yes' || verdict === 'untold'
  return { ability, verdict, says: does ? yes : no, ...(ask !== undefined && verdict === 'not-offered' ? { ask } : {}) }
}
