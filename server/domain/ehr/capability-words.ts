// What an EHR can do for a visit, in words: each ability for the integrator, and all of it in one line for the clinician.
import { type Ability, amendsBy, may, type Profile } from './capability.ts'

/** `ask` is for the EHR's administrator: what would turn the no into a yes. */
type Words = { readonly yes: string; readonly no: string; readonly ask?: string }

export const abilityWords: Readonly<Record<Ability, Words>> = {
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

/** One line beside the note, such as "This EHR files notes, but cannot create encounters." */
export function clinicianLine(profile: Profile): string {
  if (!may(profile, 'fileNotes'))
    return 'This EHR takes no notes from here: sign it, then take it along as text or PDF.'
  const encounters = may(profile, 'createEncounters')
  const finds = may(profile, 'findEncounterByAppointment') || may(profile, 'findEncounterByPatient')
  const lacks = [
    ...(encounters ? [] : [finds ? 'cannot create encounters' : 'neither finds nor creates encounters']),
    ...(amendsBy(profile) === undefined ? ['takes no corrections'] : []),
    ...(may(profile, 'findNotes') ? [] : ['cannot be searched for them']),
    ...(may(profile, 'changeAppointments') ? [] : ['does not let appointments be marked as done']),
  ]
  if (!profile.told) return 'This EHR does not say what it can do: filing is tried with care.'
  if (lacks.length === 0) return 'This EHR files notes with their encounter, and takes corrections.'
  return `This EHR files notes, but ${listed(lacks)}.`
}

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** What the sign-in brings, one sentence each. */
export const signInWords = ({ signIn }: Profile): readonly string[] => [
  signIn.renewed
    ? 'The sign-in is renewed by itself while you work.'
    : 'The sign-in is not renewed: when it ends, the visit goes on, and it is opened again from the chart.',
  signIn.namesAppointment
    ? 'A launch tells which appointment it is for.'
    : 'A launch does not tell which appointment it is for: it is looked for by patient and day.',
  signIn.namesEncounter ? 'A launch tells which encounter is open.' : 'A launch does not tell which encounter is open.',
]
