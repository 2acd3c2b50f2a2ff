// What was verified when a visit was opened does not go stale: where the Appointment, or the record by which somebody acts for its patient,
// was last read more than five minutes ago, it is read again in the background, with the token of whoever asks about the visit. Nobody
// waits for it; an EHR that does not answer is left in peace for a while. Refuses (`no-longer-participant`) whom the last reading names no longer.
import { relativeTo } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { LaunchId, VisitId } from '../domain/ids.ts'
import { actingFor, lost, mayAsk } from '../domain/sign-in/launch.ts'
import { namedIn, requireStillNamed } from '../domain/visit/access.ts'
import { turnedOut } from '../domain/visit/door.ts'
import { changesBetween, type Reading, reviewed, tellsClinicians } from '../domain/visit/reviewed.ts'
import { hasBegun, isStale } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { End } from '../outside/memory/reviews.ts'
import { wordsIn } from './appointments.ts'
import type { Party } from './caller.ts'
import type { House } from './house.ts'
import { stillActsFor } from './identity.ts'

/** Passes on whom the Appointment still names, and has it read again where it is time to. */
export function stillNamed(house: House, party: Party): Party {
  const { launch, visit } = party
  requireStillNamed(launch, visit)
  const now = house.now()
  if (!mayAsk(launch.tokens, now)) return party
  if (isStale(visit.appointmentReadAt, now)) reviewSoon(house, party)
  if (launch.role === 'representative' && isStale(launch.actingReadAt ?? launch.startedAt, now))
    inBackground(house, party, launch.id, reviewActing)
  return party
}

/** Has it read now, however fresh the last reading is: what this person has just been told does not agree with it. */
export const reviewSoon = (house: House, party: Party): void => inBackground(house, party, party.visit.id, review)

type Read = (house: House, party: Party) => Promise<End>

function inBackground(house: House, party: Party, subject: VisitId | LaunchId, read: Read): void {
  const { id, iss } = party.launch
  const ended = house.memory.reviews.begin({ subject, launch: id, iss }, house.now())
  if (ended === undefined) return
  void read(house, party)
    .catch((cause: unknown) => failed(house, party, cause))
    .then((end) => ended(end, house.now()))
}

/** A representative's own record: who acts for the patient no longer is out, as whoever is named no longer. */
async function reviewActing(house: House, party: Party): Promise<End> {
  const { launch, person, visit } = party
  const patients = await stillActsFor(house, launch)
  if (patients === undefined) return 'withheld'
  const now = house.now()
  const { after } = await house.changeLaunch(launch.id, (l) => actingFor(l, patients, now))
  if (after.patients.length === launch.patients.length) return 'read'
  await house.changeVisit(visit.id, (v) => turnedOut(v, person.who))
  await house.happened(party, 'representation-ended')
  return 'read'
}

async function review(house: House, party: Party): Promise<End> {
  const { launch, visit, person } = party
  const found = await house.ehr(launch).readOrAbsence('Appointment', visit.appointment)
  if (found === 'unknown') return notShown(house, party)
  if (found === 'deleted') return keep(house, party, 'deleted')
  if (found === 'unsaid') return failed(house, party, new Refusal('ehr-failed'))
  const { resource } = found
  const by = person.role === 'clinician' ? 'clinician' : 'patient'
  const said: Reading = {
    ...namedIn(resource, relativeTo(launch.iss), party.organisation.timeZone),
    by,
    face: wordsIn(resource),
  }
  const end = await keep(house, party, said)
  return tellsClinicians(visit, said) ? end : 'withheld'
}

/** Keeps what was read. Pages are told of what changed, and not of the time alone. */
async function keep(house: House, party: Party, said: Reading | 'deleted'): Promise<End> {
  const now = house.now()
  const rule = (v: Visit) => reviewed(v, said, now)
  const kept = (await house.visits.get(party.visit.id)) ?? party.visit
  const quiet = changesBetween(kept, rule(kept)).length === 0
  const { before, after } = quiet ? await house.visits.change(kept.id, rule) : await house.changeVisit(kept.id, rule)
  for (const code of changesBetween(before, after)) await house.happened(party, 'appointment-changed', { code })
  return 'read'
}

/**
 * A server says 404 also of what this person is not to see (FHIR R4, 6.1.0.6): it says nothing of others, and ends this sign-in's way to a
 * visit that has not begun. Opening it again asks the EHR anew.
 */
async function notShown(house: House, party: Party): Promise<End> {
  const { launch, visit } = party
  const kept = await house.visits.get(visit.id)
  if (kept === undefined || hasBegun(kept)) return 'withheld'
  await house.changeLaunch(launch.id, (l) => lost(l, visit.id))
  await house.happened(party, 'appointment-changed', { outcome: 'failed', code: 'appointment-unknown' })
  return 'withheld'
}

/** A reading that failed takes nothing from anybody. */
function failed(house: House, { visit, organisation }: Party, cause: unknown): End {
  const about = { organisation: organisation.id, visit: visit.id }
  if (!(cause instanceof Refusal)) {
    house.log.error('store-fault', about, cause)
    return 'failed'
  }
  house.log.warn('appointment-unread', { ...about, code: cause.code })
  return cause.code === 'ehr-unreachable' ? 'silent' : withheld.has(cause.code) ? 'withheld' : 'failed'
}

const withheld: ReadonlySet<string> = new Set(['ehr-refused', 'ehr-session-ended', 'session-ended'])
