// Owns the states in which somebody can be refused, with names, a clinic and numbers as long as they come: what our server would answer there.
import { abilityWords } from '../../client/note/ability-words.ts'
import type {
  AppointmentItem,
  AppointmentList,
  CapabilityView,
  ClinicianView,
  DoorPerson,
  Instant,
  Me,
  NoteView,
  PatientView,
  Place,
  Role,
  WhoWaits,
} from '../../server/wire/wire.ts'
import type { Scene } from './fit-stage.ts'

/** Sixty letters without a place to break. */
const longWord = 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis'
export const timeZone = 'Europe/Berlin'
const clinic = 'Gemeinschaftspraxis für Rehabilitationswissenschaften am Krankenhaus der Barmherzigen Brüder'
const phone = '+49 89 1234567890 1234567890'
export const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString() as Instant

const launch = 'a' as Me['launch']
const visitId = 'v' as ClinicianView['id']
const me = (role: Role, more: Partial<Me> = {}): Me => ({
  launch,
  role,
  name: `Dr. ${longWord}`,
  organisation: {
    id: 'clinic' as Me['organisation']['id'],
    name: clinic,
    phone,
    timeZone,
    recording: true,
    language: 'en',
    emergency: `In an emergency, call 112 or go to the ${clinic}.`,
    jitsi: 'http://localhost:9',
    scripts: {},
  },
  look: {},
  patientBanner: true,
  onePatient: false,
  endsAt: minutes(600),
  ...more,
})

const common = {
  id: visitId,
  revision: 1,
  start: minutes(-20),
  end: minutes(10),
  closesAt: minutes(120),
  patient: { name: longWord, birthDate: '1954-03-12', interpreter: { language: longWord } },
  clinicians: [`Dr. ${longWord}`],
  reason: longWord,
} as const
const person = (more: Partial<DoorPerson> = {}): DoorPerson => ({
  doorId: 'd' as DoorPerson['doorId'],
  name: longWord,
  as: 'patient',
  state: 'waiting',
  knockedAt: minutes(-12),
  devices: { camera: false, microphone: true },
  here: true,
  ...more,
})
const clinicians = (more: Partial<ClinicianView> = {}): ClinicianView => ({
  ...common,
  as: 'clinician',
  status: 'arrived',
  phone,
  door: [],
  ...more,
})
const admitted = person({
  state: 'admitted',
  admittedAt: minutes(-8),
  call: { at: 'in', since: minutes(-8) },
})

const soap = { subjective: longWord, objective: 'Pulse 72.', assessment: 'Asthma.', plan: 'Spray twice a day.' }
const note = (more: Partial<NoteView> = {}): NoteView => ({
  version: 3,
  soap,
  savedAt: minutes(-1),
  sign: { docStatus: 'preliminary' },
  filing: { state: 'unfiled' },
  ...more,
})
const final = { docStatus: 'final', signedAt: minutes(-1), signedBy: `Dr. ${longWord}` } as const
const filed: NoteView['filing'] = {
  state: 'filed',
  at: minutes(-1),
  documentReference: 'DocumentReference/a-very-long-identifier-of-sixty-four-characters-in-one-word-12',
  appointment: 'left',
}

const capability: CapabilityView = {
  kind: 'generic',
  told: true,
  iss: 'https://ehr.example.org/fhir' as CapabilityView['iss'],
  drafts: true,
  amends: true,
  marksMistakes: true,
  verdicts: {} as CapabilityView['verdicts'], // sound: these pages ask for a few, and what is not yes is lacking
  signIn: { renewed: true, toldAppointment: true, toldEncounter: true },
  scope: [],
}
const waits: WhoWaits = {
  count: 1,
  visits: [
    {
      visit: 'w' as ClinicianView['id'],
      appointment: 'b' as AppointmentItem['id'],
      patient: longWord,
      since: minutes(-9),
      cameAt: minutes(-9),
    },
  ],
}
const row = (more: Partial<AppointmentItem> = {}): AppointmentItem => ({
  id: 'b' as AppointmentItem['id'],
  start: minutes(-10),
  end: minutes(20),
  opensAt: minutes(-30),
  state: 'open',
  reason: longWord,
  patient: { name: longWord, birthDate: '1954-03-12', interpreter: { language: longWord } },
  clinicians: [`Dr. ${longWord}`],
  ...more,
})
const list: AppointmentList = { appointments: [row(), row({ id: 'c' as AppointmentItem['id'] })] }

const ofClinician = (view: ClinicianView | string, its: NoteView = note()): Scene => ({
  html: 'client/clinician.html',
  at: '/visits/v',
  answers: {
    ...{ me: me('clinician'), visit: view, 'visit/note': its, 'who-waits': waits, capability },
    ...{ appointments: list, late: { late: { minutes: 20, at: minutes(-5) } }, 'sign-ins': { others: 2 } },
  },
})

const entry = {
  ...{ origin: 'http://localhost:9', script: '', room: 'r', token: 't', expiresAt: minutes(60), idInRoom: 'me' },
  ...{ displayName: `Dr. ${longWord}`, moderator: true, call: {} },
}
function inRoom(scene: Scene): Scene {
  const others = [{ idInRoom: 'd', name: longWord, at: 'in', since: minutes(-8), seesYou: true }]
  const presence = { seat: 1, newest: true, now: minutes(0), others, awaySince: minutes(-1) }
  return { ...scene, answers: { ...scene.answers, 'visit/room-tokens': entry, 'visit/presence': presence } }
}

export const atDoor = ofClinician(
  clinicians({
    door: [person({ hindrance: { camera: 'denied', since: minutes(-3) } })],
    locked: true,
    tried: [{ doorId: 't' as DoorPerson['doorId'], name: longWord, as: 'patient', here: true, triedAt: minutes(-2) }],
  }),
)
export const inCall = ofClinician(
  clinicians({ status: 'in-progress', startedAt: minutes(-8), door: [admitted], nobodyCame: true }),
)
/** In the room itself, where it is asked whether all agree to be recorded. */
export const inTheRoom: Scene = inRoom(
  ofClinician(
    clinicians({
      ...{ status: 'in-progress', startedAt: minutes(-8), door: [admitted] },
      recording: { agreement: 'asked', mine: 'asked', open: 1 },
    }),
  ),
)
/** Its appointment was moved meanwhile. */
export const moved: Scene = inRoom(
  ofClinician(
    clinicians({
      ...{ status: 'in-progress', startedAt: minutes(-8), door: [admitted] },
      movedFrom: { start: minutes(-80), end: minutes(-50), at: minutes(-1) },
    }),
  ),
)
export const ended = ofClinician(clinicians({ status: 'finished', finishedAt: minutes(-1), outcome: { is: 'unsaid' } }))
export const draftOpen = ofClinician(clinicians({ status: 'finished', finishedAt: minutes(-1) }))
export const signed = ofClinician(clinicians({ status: 'finished', finishedAt: minutes(-1) }), note({ sign: final }))
export const inTheChart = ofClinician(
  clinicians({ status: 'finished', finishedAt: minutes(-1) }),
  note({ sign: final, filing: filed }),
)
export const ofAnother = ofClinician(
  clinicians({ status: 'finished', finishedAt: minutes(-1), identity: { is: 'denied', at: minutes(-5) } }),
  note({ sign: final }),
)
/** Another window has kept another text meanwhile. */
const underWay = ofClinician(clinicians({ status: 'in-progress', startedAt: minutes(-8), door: [admitted] }))
export const twoTexts: Scene = {
  ...underWay,
  answers: {
    ...underWay.answers,
    'visit/note': note({ soap: { ...soap, assessment: longWord, plan: longWord } }),
    'PUT visit/note': 'note-changed',
  },
}
export const amending = ofClinician(
  clinicians({ status: 'finished', finishedAt: minutes(-1) }),
  note({ amends: { signedAt: minutes(-5), signedBy: `Dr. ${longWord}` } }),
)
export const clinicianRefused = (code: string) => ofClinician(code)

const home = (role: Role, answers: Scene['answers'], more: Partial<Me> = {}): Scene => ({
  html: role === 'clinician' ? 'client/clinician.html' : 'client/patient.html',
  at: '',
  answers: { me: me(role, more), ...answers },
})
export const day = home('clinician', { appointments: list, late: {}, 'sign-ins': { others: 2 } })
const everyVerdict = [
  'yes',
  'untold',
  'not-offered',
  'not-its-way',
  'not-granted',
  'not-allowed',
  'switched-off',
] as const
const verdicts = Object.fromEntries(
  Object.keys(abilityWords).map((ability, n) => [ability, everyVerdict[n % everyVerdict.length]]),
)
export const whatTheEhrCan: Scene = {
  ...home('clinician', { capability: { ...capability, software: longWord, verdicts } }),
  at: '/ehr',
}
export const handedOver: Scene = {
  html: 'hand-over.html',
  at: '#key',
  answers: { '/hand-overs/looked': { name: longWord, role: 'patient', organisation: clinic } },
  data: { opened: 'by-address' },
}
export const whoseVisits = home(
  'clinician',
  { 'brought-patient': { name: longWord, birthDate: '1954-03-12' } },
  { patientUnasked: true },
)
export const choosing = home('patient', { appointments: list })

const patients = (place: Place, more: Partial<PatientView> = {}): PatientView => ({
  ...common,
  as: 'patient',
  opensAt: minutes(-50),
  patientInstruction: longWord,
  place,
  ...more,
})
const ofPatient = (view: PatientView | string): Scene => ({
  html: 'client/patient.html',
  at: '/visits/v',
  answers: { me: me('representative'), visit: view, 'sign-ins': { others: 2 } },
})
export const patientAt = (place: Place): Scene => ofPatient(patients(place))
export const checking = ofPatient(patients({ at: 'outside', window: 'open' }))
export const byTelephone = ofPatient(patients({ at: 'outside', window: 'open', byTelephone: minutes(-3) }))
export const lockedOut = ofPatient(
  patients({
    at: 'outside',
    window: 'open',
    locked: { triedAt: minutes(-3), devices: { camera: true, microphone: true } },
  }),
)
export const waitingThere = ofPatient(patients({ at: 'door', since: minutes(-9), ahead: 2, clinician: 'with-another' }))
export const letIn = ofPatient(
  patients({ at: 'admitted' }, { recording: { agreement: 'asked', mine: 'asked', open: 1 } }),
)
export const letInRoom = inRoom(letIn)
export const patientRefused = (code: string) => ofPatient(code)

const here = { clinic, phone, emergency: `In an emergency, call 112 or go to the ${clinic}.` }
/** Nobody is signed in: whose clinic it is, is known or not. */
export const launchRefused = (code: string, known: boolean): Scene => ({
  html: 'launch.html',
  at: '',
  answers: {},
  data: { refusal: code, 'request-id': '4f2a91bc-07de-4f2a91bc', 'retry-after': '7100', ...(known ? here : {}) },
})
export const nobodysPage = (code: string): Scene => ({
  html: 'client/patient.html',
  at: '',
  answers: { me: code },
  data: here,
})
