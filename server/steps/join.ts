// Mints room tokens: one token, one room, one person, asked for again at every (re)join.
// Refuses everyone who was not admitted; only clinicians are moderators and pass Jitsi's own lobby.
import { createHash } from 'node:crypto'
import { Refusal } from '../domain/errors.ts'
import type { Instant } from '../domain/ids.ts'
import { earliest, latest, plus } from '../domain/instant.ts'
import { closesAt, joined, mayJoin, type Open, open, withinWindow } from '../domain/visit.ts'
import { doer, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import type { RoomToken } from '../wire.ts'
import type { Reply } from './step.ts'

export async function join(house: House, caller: Party): Promise<Reply> {
  const { launch, organisation } = caller
  const moderator = launch.role === 'clinician'
  const now = house.now()
  const visit = await seated(house, caller, moderator, now)
  const expiresAt = tokenEnd(visit.end, now)
  const seat = { room: visit.room, id: seatId(visit, launch.fhirUser), name: launch.name, moderator, now, expiresAt }
  const token = await house.jitsi.mint(organisation, seat)
  await house.record.audit({ event: 'room-token', outcome: 'success', visit: visit.id, ...doer(caller) })
  const { origin } = organisation.jitsi
  const body: RoomToken = {
    origin,
    domain: new URL(origin).host,
    room: visit.room,
    token,
    expiresAt,
    displayName: launch.name,
    moderator,
  }
  return { body }
}

/** Checks first on the row at hand: a rejoin changes nothing and so writes nothing. */
async function seated(
  house: House,
  { launch, organisation, visit }: Party,
  moderator: boolean,
  now: Instant,
): Promise<Open> {
  const rule = (v: Party['visit']): Open => {
    const at = moderator ? mayEnter(v, organisation.joinWindow, now) : mayJoin(v, launch.fhirUser)
    // A visit nobody ended is no open door for days: after its time only while a clinician is there.
    if (!moderator && now >= closesAt(at, organisation.joinWindow) && !house.presence.clinicianHere(at.id, now)) {
      throw new Refusal('appointment-past')
    }
    return joined(at, launch.fhirUser, moderator ? 'clinician' : 'other', now)
  }
  const after = rule(visit)
  return after === visit ? after : open(await house.changeVisit(visit.id, rule))
}

// A clinician may start a visit only in its time: an early click would file a wrong period.
const mayEnter = (visit: Party['visit'], window: Parameters<typeof withinWindow>[1], now: Instant): Open =>
  withinWindow(open(visit), window, now)

/** The Appointment's end and an hour more, so that a call can reconnect; an hour at least, four at most. */
export function tokenEnd(end: Instant, now: Instant): Instant {
  return earliest(latest(plus(end, 3600), plus(now, 3600)), plus(now, 4 * 3600))
}

/** Opaque, and the same for one person in one visit: everyone in the room may see it. */
const seatId = (visit: Open, who: string): string =>
  createHash('sha256').update(`${visit.room}/${who}`).digest('base64url').slice(0, 22)
