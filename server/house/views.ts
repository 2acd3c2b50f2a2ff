// What each side sees of a visit and of its note. A patient's view holds nothing of others at the door, and no room.

import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { type Entry, type Filing, unsettled } from '../domain/note/ledger.ts'
import { amendedFrom, type Note } from '../domain/note/note.ts'
import { emptySoap } from '../domain/note/soap.ts'
import { withHeartbeats } from '../domain/visit/attendance.ts'
import { waitingSince } from '../domain/visit/door.ts'
import { cannotComeSince } from '../domain/visit/hindrance.ts'
import { identityIn, isSentOut } from '../domain/visit/identity.ts'
import { isNothingThrough, outcomeIn, wasInCall } from '../domain/visit/outcome.ts'
import { professionOf } from '../domain/visit/profession.ts'
import { agreementOf, unanswered, wordOf } from '../domain/visit/recording.ts'
import { reopensUntil } from '../domain/visit/reopened.ts'
import { isInvited } from '../domain/visit/sides.ts'
import { asksForTelephone, closesAt, hoursAt, opensAt } from '../domain/visit/visit.ts'
import type { Face, Open, Visit, Waiting } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type {
  ClinicianView,
  EndedAs,
  FilingView,
  NoteView,
  OutcomeView,
  PatientView,
  Place,
  RecordingView,
} from '../wire/wire.ts'
import type { Caller } from './caller.ts'
import { consentAtDoor, ownConsent } from './consent-view.ts'
import { atLockedDoor, checkingAt, messagesFor, peopleAt, told } from './door-view.ts'
import type { House } from './house.ts'
import { invitedView } from './invited-view.ts'
import { noticesView } from './notice-view.ts'
import { goneFrom } from './who-is-there.ts'

/** A visit as its caller may see it, and its revision. */
export const seenBy = async (house: House, { person, organisation }: Caller, visit: Visit) => ({
  body:
    person.role === 'clinician'
      ? clinicianView(house, organisation, visit, person.who)
      : await patientView(house, organisation, visit, person.who),
  etag: visit.revision,
})

function clinicianView(house: House, organisation: Organisation, visit: Visit, who: Ref): ClinicianView {
  return {
    as: 'clinician',
    ...common(visit),
    ...recordingView(visit, who),
    status: visit.status,
    ...peopleAt(house, visit, house.now()),
    ...given({ invited: invitedView(house, visit, organisation) }),
    ...consentAtDoor(organisation, visit),
    closesAt: closesAt(visit, organisation.joinWindow),
    ...('call' in visit && visit.call.locked ? { locked: true } : {}),
    ...given({ patientGone: visit.patientGone, phone: visit.face.phone, merged: visit.replaced && (true as const) }),
    ...given({ calledOff: visit.calledOff, movedFrom: visit.movedFrom, reopensUntil: reopensUntil(visit) }),
    ...given({ checking: checkingAt(house, visit) }),
    ...('neverBegan' in visit ? { neverBegan: true } : timesIn(visit)),
    ...given({ byTelephone: byTelephoneIn(visit), cannotCome: cannotComeSince(visit) && (true as const) }),
    ...whoCame(house, visit),
    ...given({ outcome: outcomeView(visit), identity: identityIn(visit), letInAsRead: letInView(visit) }),
  }
}

/** By what is kept, and by what the pages in the call have told since. */
function whoCame({ memory }: House, visit: Visit): Pick<ClinicianView, 'nobodyCame' | 'nothingThrough'> {
  const told = withHeartbeats(visit, memory.heartbeats.of(visit.id))
  if (isNothingThrough(told)) return { nothingThrough: true }
  return 'call' in told && !wasInCall(told) ? { nobodyCame: true } : {}
}

function letInView({ letInAsRead }: Visit): ClinicianView['letInAsRead'] {
  if (letInAsRead === undefined) return undefined
  const { readAt, start, found, filedAnyway } = letInAsRead
  const now = { found: found?.is, movedTo: found?.start }
  return { readAt, start, ...given({ ...now, filedAnyway: filedAnyway && (true as const) }) }
}

/** Of one that nobody began there are none: nobody was anywhere. */
const timesIn = (visit: Visit) => ({
  ...('arrivedAt' in visit ? given({ arrivedAt: visit.arrivedAt }) : {}),
  ...('startedAt' in visit ? { startedAt: visit.startedAt } : {}),
  ...('finishedAt' in visit ? { finishedAt: visit.finishedAt, ...given({ endedItselfAt: visit.endedItselfAt }) } : {}),
  ...given({ reopenedAt: visit.reopenedAt }),
})

function byTelephoneIn(visit: Visit): true | undefined {
  if (visit.status === 'finished') return visit.telephoneAsked
  return 'call' in visit ? asksForTelephone(visit.call) : undefined
}

function outcomeView(visit: Visit): OutcomeView | undefined {
  const outcome = outcomeIn(visit)
  if (outcome === undefined || outcome.is === 'unsaid') return outcome
  const { by: _by, wrote: _wrote, ...said } = outcome
  return said
}

/** What the patient's side is told of a visit that is over; nothing where it took place. Whose fault it was is no word of ours. */
export function endedAs(visit: Visit): EndedAs | undefined {
  const is = outcomeIn(visit)?.is
  if (is === 'technical-failure') return 'failed'
  if (is === 'moved') return is
  return is === 'unsaid' || is === 'did-not-come' || is === 'another-came' ? 'missed' : undefined
}

async function patientView(house: House, organisation: Organisation, visit: Visit, who: Ref): Promise<PatientView> {
  const place = await placeOf(house, organisation, visit, who)
  return {
    as: 'patient',
    ...(isInvited(who) ? commonForInvited(visit) : common(visit)),
    opensAt: opensAt(visit, organisation.joinWindow),
    closesAt: closesAt(visit, organisation.joinWindow),
    ...(place.at === 'admitted' ? recordingView(visit, who) : {}),
    ...given({ profession: professionOf(visit), consent: ownConsent(organisation, visit, who) }),
    ...(isInvited(who) ? {} : noticesView(organisation, visit)),
    place,
  }
}

/** Nobody who is still outside is asked, nor told of a recording they are not in. */
function recordingView(visit: Visit, who: Ref): { recording?: RecordingView; recordedSince?: Instant } {
  if (!('call' in visit)) return {}
  const { recording, recorded } = visit.call
  const agreement = agreementOf(visit)
  const runs = given({ recordedSince: recorded?.since })
  if (agreement === 'none' || recording === undefined) return runs
  return { recording: { agreement, mine: wordOf(recording, who), open: unanswered(visit).length }, ...runs }
}

async function placeOf(house: House, organisation: Organisation, visit: Visit, who: Ref): Promise<Place> {
  if (visit.status === 'finished') {
    return { at: 'finished', finishedAt: visit.finishedAt, ...given({ as: endedAs(visit) }) }
  }
  if (visit.status === 'cancelled') return { at: 'cancelled' }
  const person = visit.call.door.find((p) => p.who === who)
  if (person?.state === 'admitted') return { at: 'admitted' }
  if (person?.state === 'declined') return { at: 'declined', ...given({ why: person.why }) }
  if (person?.state === 'waiting') return atDoor(house, organisation, visit, person)
  const hindrance = told(visit, who)
  const byTelephone = hindrance?.byTelephone && hindrance.since
  const window = hoursAt(visit, organisation.joinWindow, house.now())
  const cannotCome = hindrance?.cannotCome && hindrance.since
  return { at: 'outside', window, ...given({ byTelephone, cannotCome, locked: atLockedDoor(visit, who) }) }
}

async function atDoor(house: House, organisation: Organisation, visit: Open, person: Waiting): Promise<Place> {
  const { knockedAt: since, sentBackAt, notNow, steppedAway, goneSince } = person
  const gone = goneFrom(house, visit)
  const first = waitingSince(visit.call.door.filter((p) => !gone.includes(p.who)))
  const found = await house.queues.standing(visit, first ?? since)
  const { busySince: _began, ...standing } = found
  // Her own word counts for more than a guess. A guess is of the patient's turn: nobody who was invited is told one before the patient waits.
  const isGuessed = standing.late === undefined && (first !== undefined || !isInvited(person.who))
  const estimate = isGuessed ? await house.pace.of(visit, organisation, found) : undefined
  const denied = isSentOut(visit, person) ? (true as const) : undefined
  const backBy = steppedAway && house.now() < steppedAway.until ? steppedAway.until : undefined
  const more = { estimate, sentBackAt, denied, notNow, backBy, goneSince, unusable: visit.unusable }
  return { at: 'door', since, ...standing, ...given({ ...more, messages: messagesFor(visit, person.who) }) }
}

const common = (visit: Visit) => {
  const { id, revision, start, end, face } = visit
  const heldAt = 'call' in visit ? visit.call.jitsi : undefined
  return { id, revision, start, end, ...faceView(face), ...given({ heldAt }) }
}

/** Whoever was invited is told when it is and with whom, and nothing of the patient: that is for those who are in the call to tell. */
function commonForInvited(visit: Visit) {
  const { patient: _patient, reason: _reason, patientInstruction: _instruction, ...rest } = common(visit)
  return rest
}

/** What every list and page shows of an Appointment. */
export function faceView({ name, birthDate, interpreter, language, clinicians, reason, patientInstruction }: Face) {
  return {
    clinicians,
    patient: { name, ...given({ birthDate, interpreter, language }) },
    ...given({ reason, patientInstruction }),
  }
}

export function noteView(note: Note | undefined): NoteView {
  if (note === undefined) {
    return { version: 0, soap: emptySoap, sign: { docStatus: 'preliminary' }, filing: { state: 'unfiled' } }
  }
  const { version, soap, savedAt, earlier = [] } = note
  if (note.docStatus === 'preliminary') {
    const draft = lastDraft(earlier)
    return {
      version,
      soap,
      savedAt,
      sign: { docStatus: 'preliminary' },
      filing: { state: 'unfiled' },
      ...amendsView(note),
      ...given({ draft: draft && { version: draft.version, filing: filingView(draft.filing) } }),
    }
  }
  const { signedAt, signerName } = note
  const sign = { docStatus: 'final', signedAt, signedBy: signerName } as const
  const { state } = note.filing
  const there = state === 'filed' || state === 'entered-in-error'
  return { version, soap, savedAt, sign, filing: filingView(note.filing), ...(there ? {} : amendsView(note)) }
}

/** The signed text that stands in the chart until this one does. */
function amendsView(note: Note): Pick<NoteView, 'amends'> {
  const before = amendedFrom(note)
  return given({ amends: before && { signedAt: before.date, signedBy: before.authorName } })
}

/** The last draft, unless a signed text came into the chart after it: then the chart has a draft no more. */
function lastDraft(earlier: readonly Entry[]): Entry | undefined {
  const draft = earlier.findLast((e) => e.docStatus === 'preliminary')
  if (draft === undefined || unsettled([draft]) !== undefined) return draft
  const since = earlier.slice(earlier.indexOf(draft) + 1)
  const signed = since.some(({ docStatus, filing }) => docStatus === 'final' && onceFiled.has(filing.state))
  return signed ? undefined : draft
}

const onceFiled: ReadonlySet<Filing['state']> = new Set(['filed', 'entered-in-error'])

function filingView(filing: Filing): FilingView {
  switch (filing.state) {
    case 'unfiled':
      return { state: 'unfiled' }
    case 'pending':
      return { state: 'pending', since: filing.since }
    case 'unknown':
      return { state: 'unknown', at: filing.at }
    case 'not-filed': {
      const { encounter: _encounter, ...said } = filing
      return said
    }
    case 'entered-in-error': {
      const { encounter: _encounter, ...said } = filing
      return said
    }
    case 'filed': {
      const { iss: _iss, ...said } = filing
      return said
    }
  }
}
