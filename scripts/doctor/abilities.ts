// Each ability of the EHR in words: what a visit has with it, and what it goes without. The verdicts are the app's own.
import { type Ability, abilities, may, type Profile, type Verdict } from '../../server/domain/capability.ts'
import { type Ask, about, type Finding, ofEhr, ofUs } from './finding.ts'
import { type Subject, servesClinicians } from './subject.ts'

type Words = { readonly yes: string; readonly no: string; readonly ask?: string }

const words: Readonly<Record<Ability, Words>> = {
  findAppointments: {
    yes: 'Appointments are found by patient, clinician and date.',
    no: 'Appointments cannot be searched: each launch must name its own.',
    ask: 'Let this client search Appointment by patient, by practitioner or actor, and by date.',
  },
  findRoles: {
    yes: 'Appointments that name a clinician by role are found.',
    no: 'Appointments that name a clinician by role are not found.',
  },
  findEncounterByAppointment: {
    yes: "A visit's Encounter is found by its Appointment.",
    no: "A visit's Encounter is not found by its Appointment.",
    ask: 'Let this client search Encounter by appointment.',
  },
  findEncounterByIdentifier: {
    yes: 'An Encounter of ours is found again by its identifier.',
    no: 'An Encounter of ours is not found again by its identifier.',
  },
  findEncounterByPatient: {
    yes: "A visit's Encounter is looked for by patient and date.",
    no: "A visit's Encounter is not looked for by patient and date.",
    ask: 'Let this client search Encounter by patient and date.',
  },
  createEncounters: {
    yes: 'Where a visit has no Encounter, one is made.',
    no: 'No Encounter is made: the schedule or the launch must have one.',
  },
  finishEncounters: {
    yes: 'The Encounter is set to finished after the visit.',
    no: "The Encounter's status is left to the EHR.",
  },
  fileNotes: {
    yes: 'Signed notes go into the chart.',
    no: 'Signed notes stay here: they are copied by hand, not filed.',
    ask: 'Let this client create DocumentReference: without it no note reaches the chart.',
  },
  findNotes: {
    yes: 'After a lost answer, the note is looked for in the chart.',
    no: 'After a lost answer, a person must look in the chart.',
    ask: 'Let this client search DocumentReference by patient, or by identifier.',
  },
  draftNotes: {
    yes: 'Notes can go in as drafts, where the clinic allows it.',
    no: 'Notes go in once they are signed, not as drafts.',
  },
  replaceNotes: {
    yes: 'A correction can go in as a new note in place of the old.',
    no: 'A correction does not go in as a new note in place of the old.',
  },
  updateNotes: {
    yes: 'A correction can go in as a new version of the note.',
    no: 'A correction does not go in as a new version of the note.',
  },
  changeAppointments: {
    yes: 'The Appointment is set to fulfilled after the visit.',
    no: 'The Appointment is left as it is.',
  },
  transaction: {
    yes: 'Encounter and note go in together, or not at all.',
    no: 'Encounter and note go in one after the other.',
  },
  conditionalCreate: {
    yes: 'A note sent twice by accident is kept once.',
    no: 'A note sent twice would be two notes: after doubt, a person decides.',
  },
}

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
  return profile.told && takesNothing(profile) ? [...patients.map(one), readOnly] : abilities.map(one)
}

const readOnly = about('read-only', 'the CapabilityStatement').missing(
  'Nothing is written here: patients can come, notes cannot be filed.',
  {
    ask: ofUs('List it with "people": "patients", beside the base URL of the clinicians, if it is the patients\' own.'),
  },
)

function findingOn(ability: Ability, profile: Profile, named: boolean): Finding {
  const verdict = profile.verdicts[ability]
  const { ok, missing, unchecked } = about(ability, basisOf(verdict))
  const { yes, no } = words[ability]
  const details = [`verdict: ${verdict}`]
  if (verdict === 'untold') return unchecked('The EHR does not say; it is tried, with care.', { details })
  if (may(profile, ability)) return ok(yes, { details })
  const ask = remedy(ability, verdict)
  const essential = ability === 'findAppointments' && !named
  return missing(no, { details, essential, ...(ask === undefined ? {} : { ask }) })
}

const basisOf = (verdict: Verdict) =>
  verdict === 'not-allowed' || verdict === 'switched-off' ? 'the settings' : 'the CapabilityStatement'

function remedy(ability: Ability, verdict: Verdict): Ask | undefined {
  if (verdict === 'switched-off') return ofUs(`"can": { "${ability}": false } switches this off: is that still so?`)
  const { ask } = words[ability]
  return verdict === 'not-offered' && ask !== undefined ? ofEhr(ask) : undefined
}
