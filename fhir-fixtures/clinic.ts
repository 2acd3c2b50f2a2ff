// Owns the names of the day: the ids and references under which code and tests know its people and visits.
// The resources themselves are in resources/; a test holds the two together.

const person = <Type extends string>(type: Type, id: string, name: string, birthDate: string) =>
  ({ id, reference: `${type}/${id}`, name, birthDate }) as const

const patient = (key: string, name: string, birthDate: string) =>
  person('Patient', `hc-patient-${key}`, name, birthDate)

const practitioner = (key: string, name: string) =>
  ({
    id: `hc-practitioner-${key}`,
    reference: `Practitioner/hc-practitioner-${key}`,
    role: `PractitionerRole/hc-role-${key}`,
    name,
  }) as const

const organization = {
  id: 'hc-organization-harbor',
  reference: 'Organization/hc-organization-harbor',
  name: 'Harbor Health',
} as const

const location = {
  id: 'hc-location-clinic',
  reference: 'Location/hc-location-clinic',
  name: 'Harbor Street Clinic',
} as const

const practitioners = {
  chen: practitioner('chen', 'Dr. Lillian Chen, MD'),
  okafor: practitioner('okafor', 'Dr. Chidi Okafor, MD'),
  brandt: practitioner('brandt', 'Katrin Brandt, RN'),
} as const

const patients = {
  margaret: patient('margaret', 'Margaret Whitfield', '1954-03-09'),
  zoe: patient('zoe', 'Zoë Lindqvist', '1988-11-02'),
  jose: patient('jose', 'José Ñúñez Peralta', '1962-07-19'),
  wang: patient('wang', '王秀英', '1947-01-25'),
  olafur: patient('olafur', 'Ólafur Þórsson', '1958-12-04'),
  noor: patient('noor', 'Noor Haddad', '2019-05-14'),
  brandt: patient('brandt', 'Katrin Brandt', '1990-06-17'),
  siobhan: patient('siobhan', 'Siobhán Ní Bhriain', '1995-02-01'),
  dwayne: patient('dwayne', 'Dwayne Carter', '1983-09-27'),
} as const

const relatedPersons = {
  /** Noor's mother. */
  layla: {
    ...person('RelatedPerson', 'hc-related-layla', 'Layla Haddad', '1989-10-11'),
    patient: patients.noor.reference,
  },
} as const

/** Whom a portal's account may be, where the account is no record of its own. */
const persons = {
  /** The nurse, who is a patient as well. */
  brandt: {
    ...person('Person', 'hc-person-brandt', patients.brandt.name, patients.brandt.birthDate),
    links: [practitioners.brandt.reference, patients.brandt.reference],
  },
  zoe: {
    ...person('Person', 'hc-person-zoe', patients.zoe.name, patients.zoe.birthDate),
    links: [patients.zoe.reference],
  },
} as const

const appointment = (
  key: string,
  startsInMinutes: number,
  who: { reference: string },
  by: { reference: string; role: string },
) => ({
  id: `hc-appointment-${key}`,
  reference: `Appointment/hc-appointment-${key}`,
  patient: who.reference,
  /** Always the Practitioner, also where the Appointment's participant is their PractitionerRole. */
  practitioner: by.reference,
  /** From `now`, on a quiet day: rounded down to five minutes, and moved where the clinic's midnight is near. */
  startsInMinutes,
})

const { chen, okafor, brandt } = practitioners

const appointments = {
  /** Over: fulfilled. */
  siobhan: appointment('siobhan', -120, patients.siobhan, chen),
  margaret: appointment('margaret', -10, patients.margaret, chen),
  zoe: appointment('zoe', 5, patients.zoe, chen),
  noor: appointment('noor', 10, patients.noor, okafor),
  /** Its participant is Dr. Chen's PractitionerRole. */
  olafur: appointment('olafur', 20, patients.olafur, chen),
  /** Its participant is Dr. Okafor's PractitionerRole, and an interpreter is wanted whom nobody has named. */
  jose: appointment('jose', 25, patients.jose, okafor),
  wang: appointment('wang', 35, patients.wang, chen),
  /** The nurse, as a patient of Dr. Okafor's (by PractitionerRole). */
  brandt: appointment('brandt', 50, patients.brandt, okafor),
  /** Cancelled by the patient. */
  dwayne: appointment('dwayne', 60, patients.dwayne, chen),
  /** Margaret's second visit of the day, with the nurse. */
  margaretLater: appointment('margaret-later', 90, patients.margaret, brandt),
} as const

const encounter = (key: string, who: { reference: string }) => ({
  id: `hc-encounter-${key}`,
  reference: `Encounter/hc-encounter-${key}`,
  patient: who.reference,
})

const visit = (key: keyof typeof appointments, who: { reference: string }) => ({
  ...encounter(key, who),
  appointment: appointments[key].reference,
})

const encounters = {
  /** Finished. */
  siobhan: visit('siobhan', patients.siobhan),
  margaret: visit('margaret', patients.margaret),
  zoe: visit('zoe', patients.zoe),
  noor: visit('noor', patients.noor),
  jose: visit('jose', patients.jose),
  /** A trap: a hospital stay in progress, which is not Ólafur's video visit and must not be written to. */
  olafurInpatient: encounter('olafur-inpatient', patients.olafur),
} as const

/** The clinic of the day and everyone in it, by the names code and tests use. */
export const clinic = {
  organization,
  location,
  timeZone: 'America/New_York',
  practitioners,
  patients,
  relatedPersons,
  persons,
  appointments,
  encounters,
} as const
