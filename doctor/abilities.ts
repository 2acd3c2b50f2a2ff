// Each ability of the EHR in words: what a visit has with it, and what it goes without. The verdicts are the app's own.

import { abilityWords, abilityYes, chartOffWords } from '../client/note/ability-words.ts'
import { isOfChart } from '../server/domain/ehr/abilities.ts'
import { type Ability, abilities, may, type Profile, type Verdict } from '../server/domain/ehr/capability.ts'
import { given } from '../server/domain/given.ts'
import { type Ask, about, type Finding, ofEhr, ofUs } from './finding.ts'
import { type Subject, servesClinicians } from './subject.ts'

/** What patients' own base URLs are asked for. */
const patients: readonly Ability[] = ['findAppointments']
const writing: readonly Ability[] = ['createEncounters', 'fileNotes', 'updateNotes', 'changeAppointments']

/** Whether the EHR offers no writing at all at this base URL. */
export const takesNothing = ({ verdicts }: Profile): boolean =>
  writing.every((ability) => verdicts[ability] === 'not-offered' || verdicts[ability] === 'not-its-way')

/** `named`: launches name their Appointment, so that a search is not the only way to a visit. */
export function abilitiesOf(profile: Profile, subject: Subject, named: boolean): readonly Finding[] {
  const one = (ability: Ability) => findingOn(ability, profile, named)
  if (!servesClinicians(subject)) return patients.map(one)
  return profile.told && takesNothing(profile)
    ? [...patients.map(one), readOnly]
    : [...withoutChart(profile).map(one), ...chartOff(profile)]
}

/** What the clinic shows none of is told in one line. */
const isOff = ({ verdicts }: Profile) =>
  abilities.filter(isOfChart).every((ability) => verdicts[ability] === 'not-allowed')
const withoutChart = (profile: Profile) => abilities.filter((ability) => !(isOfChart(ability) && isOff(profile)))
const chartOff = (profile: Profile): readonly Finding[] =>
  isOff(profile) ? [about('chart', 'the settings').missing(chartOffWords)] : []

const readOnly = about('read-only', 'the CapabilityStatement').missing(
  'Nothing can be written here: notes cannot be filed.',
  {
    ask: ofUs('List it with "people": "patients", beside the base URL of the clinicians, if it is the patients\' own.'),
  },
)

function findingOn(ability: Ability, profile: Profile, named: boolean): Finding {
  const verdict = profile.verdicts[ability]
  const { ok, missing, unchecked } = about(ability, basisOf(verdict))
  const { no } = abilityWords[ability]
  const details = [`verdict: ${verdict}`]
  if (verdict === 'untold') return unchecked('The EHR does not say; it is tried, with care.', { details })
  if (may(profile, ability)) return ok(abilityYes(ability, profile.software), { details })
  const ask = remedy(ability, verdict)
  const essential = ability === 'findAppointments' && !named
  return missing(no, { details, essential, ...given({ ask }) })
}

const basisOf = (verdict: Verdict) =>
  verdict === 'not-allowed' || verdict === 'switched-off' ? 'the settings' : 'the CapabilityStatement'

function remedy(ability: Ability, verdict: Verdict): Ask | undefined {
  if (verdict === 'switched-off') return ofUs(`"can": { "${ability}": false } switches this off: is that still so?`)
  const { ask } = abilityWords[ability]
  return verdict === 'not-offered' && ask !== undefined ? ofEhr(ask) : undefined
}
