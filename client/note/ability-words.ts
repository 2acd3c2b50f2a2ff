// What each ability of an EHR means for a visit, in sentences. The clinician's page shows them, and the doctor prints the same ones:
// it imports this file, because both speak to whoever sets an EHR up, and a sentence that stood in two places would come to say two things.
import type { Ability } from '../../server/wire/wire.ts'

/** `ask` is for the EHR's administrator: what would turn the no into a yes. */
type AbilityWords = { readonly yes: string; readonly no: string; readonly ask?: string }

/** In the order they are shown. */
export const abilityWords: Readonly<Record<Ability, AbilityWords>> = {
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
  fileConsents: {
    yes: 'Consent to telehealth can go into the chart as a Consent of its own, where the settings ask for that ("can": { "fileConsents": true }).',
    no: 'Consent to telehealth is kept here and said in the note; the chart gets no Consent of its own.',
  },
  transaction: {
    yes: 'Encounter and note go in together, or not at all.',
    no: 'Encounter and note go in one after the other.',
  },
  conditionalCreate: {
    yes: 'A note sent twice by accident is kept once.',
    no: 'A note sent twice would be two notes: after doubt, a person decides.',
  },
  readProblems: {
    yes: 'Beside the video: problems are shown.',
    no: 'Beside the video: no problems are shown.',
    ask: 'Let this client search Condition by patient and category.',
  },
  readMedicines: {
    yes: 'Beside the video: medicines are shown.',
    no: 'Beside the video: no medicines are shown.',
    ask: 'Let this client search MedicationRequest by patient, status and intent.',
  },
  readAllergies: {
    yes: 'Beside the video: allergies are shown.',
    no: 'Beside the video: no allergies are shown.',
    ask: 'Let this client search AllergyIntolerance by patient.',
  },
  readVitals: {
    yes: 'Beside the video: vital signs are shown.',
    no: 'Beside the video: no vital signs are shown.',
    ask: 'Let this client search Observation by patient, category and date.',
  },
  readResults: {
    yes: 'Beside the video: laboratory results are shown.',
    no: 'Beside the video: no laboratory results are shown.',
    ask: 'Let this client search Observation by patient, category and date.',
  },
  readVisits: {
    yes: 'Beside the video: recent visits are shown.',
    no: 'Beside the video: no recent visits are shown.',
    ask: 'Let this client search Encounter by patient and date.',
  },
  readNotes: {
    yes: 'Beside the video: recent notes are shown, and plain text can be opened.',
    no: 'Beside the video: no notes are shown.',
    ask: 'Let this client search DocumentReference by patient and category, and read Binary.',
  },
}

/** Where the clinic shows none of it. */
export const chartOffWords = 'Beside the video: the chart is not shown.'

/** Medplum lists transactions and, unless they are switched on for a project, works them off as batches. */
const partsStandAlone =
  'Encounter and note are sent together; unless this Medplum has transactions switched on, each is taken or refused by itself.'

/** What the ability means where it is there, in one EHR's case: `software` is what that EHR calls itself. */
export function abilityYes(ability: Ability, software: string | undefined): string {
  const isBatch = ability === 'transaction' && /\bmedplum\b/i.test(software ?? '')
  return isBatch ? partsStandAlone : abilityWords[ability].yes
}
