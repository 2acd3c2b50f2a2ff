// Mints room tokens: one token, one room, one person, asked for again at every (re)join; and says at which Jitsi a visit is held.
// Refuses everyone who was not admitted, and (`room-script-refused`) a call whose Jitsi has no script that may run in our pages.
// Only clinicians are moderators and pass Jitsi's own lobby.
import { Refusal } from '../domain/errors.ts'
import type { Instant } from '../domain/ids.ts'
import { mayHaveToken } from '../domain/visit/access.ts'
import { idInRoom } from '../domain/visit/attendance.ts'
import { featuresOf, movedTo, rulesFor } from '../domain/visit/call.ts'
import { displayNameIn, shownName, withDisplayName } from '../domain/visit/display-name.ts'
import { agreementOf } from '../domain/visit/recording.ts'
import { roomPath } from '../domain/visit/room.ts'
import { tokenEnd } from '../domain/visit/room-token.ts'
import { requireOpen, tokenGiven } from '../domain/visit/visit.ts'
import type { Open, Visit } from '../domain/visit/visit-shape.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { JitsiServer } from '../settings/organisations.ts'
import type { EnterRoom, RoomToken } from '../wire/wire.ts'
import type { Tells } from './step.ts'

export async function join(house: House, caller: AtVisit, { unreachable }: EnterRoom): Promise<Tells<RoomToken>> {
  const { person, organisation } = caller
  const moderator = person.role === 'clinician'
  const now = house.now()
  const visit = await enter(house, caller, now, unreachable)
  const server = organisation.jitsi.servers.find(({ origin }) => origin === visit.call.jitsi)
  const displayName = displayNameIn(visit, person.who)
  if (server === undefined || displayName === undefined) throw new Error('whoever enters has a Jitsi and a name')
  const { origin, tenant, issuer, audience, subject } = server
  const script = await house.roomScripts.of(server)
  if (script === undefined) throw new Refusal('room-script-refused')
  const { room } = visit.call
  const call = rulesFor(organisation.policies, { moderator, recordingAgreed: agreementOf(visit) === 'agreed' })
  const expiresAt = tokenEnd(visit.end, now)
  const id = idInRoom(room, person.who)
  const user = { id, name: displayName, moderator, lobbyBypass: moderator }
  const claims = { issuer, audience, subject, room, user, features: featuresOf(call), now, expiresAt }
  const token = await house.jitsi.mint(organisation, claims)
  await house.happened(caller, 'room-token')
  const body: RoomToken = {
    origin,
    script,
    room: roomPath(room, tenant),
    token,
    expiresAt,
    displayName,
    idInRoom: id,
    moderator,
    call,
  }
  return { body }
}

/** Tried first on the visit already read: a rejoin changes nothing, so nothing is written. */
async function enter(house: House, caller: AtVisit, now: Instant, unreachable: string | undefined): Promise<Open> {
  const { person, organisation, visit } = caller
  const clinicianHere = house.memory.openPages.clinicianHere(visit.id, now)
  const allowed = (v: Visit) => mayHaveToken(v, person, { window: organisation.joinWindow, now, clinicianHere })
  const seenAt = allowed(visit).call.jitsi
  const origin = await jitsiFor(house, caller, seenAt, unreachable)
  const name = shownName(organisation.policies.names, person.role, person.name)
  const as = person.role === 'clinician' ? 'clinician' : 'other'
  const rule = (v: Visit): Open => {
    const given = tokenGiven(allowed(v), person.who, as, now)
    return withDisplayName(movedTo(given, seenAt, origin), person.who, name)
  }
  const after = rule(visit)
  if (after === visit) return after
  const moved = requireOpen((await house.changeVisit(visit.id, rule)).after)
  if (seenAt !== undefined && seenAt !== moved.call.jitsi) await house.happened(caller, 'room-moved')
  return moved
}

/** How old, in seconds, an answer of a Jitsi may be when somebody says that it does not answer. */
const fresh = 3

/**
 * The Jitsi of a visit: the recorded one, for everybody, else the first that answers. A page's word that it does not answer
 * changes nothing by itself: we ask, and only when we get no answer either the visit goes to the next that gives one.
 * One whose script may not run in our pages counts as one that does not answer. Refuses where that is so and there is no other.
 */
async function jitsiFor(
  house: House,
  { organisation }: AtVisit,
  recorded: string | undefined,
  unreachable: string | undefined,
): Promise<string> {
  const { servers } = organisation.jitsi
  const hasScript = async (server: JitsiServer) => (await house.roomScripts.of(server)) !== undefined
  const opens = async (server: JitsiServer, atMostOld?: number) =>
    (await hasScript(server)) && (servers.length === 1 || (await house.jitsi.answers(server.origin, atMostOld)))
  const its = servers.find(({ origin }) => origin === recorded)
  if (its !== undefined && (unreachable === its.origin ? await opens(its, fresh) : await hasScript(its)))
    return its.origin
  const after = its === undefined ? 0 : servers.indexOf(its) + 1
  const others = [...servers.slice(after), ...servers.slice(0, after)].filter((server) => server !== its)
  for (const server of others) if (await opens(server)) return server.origin
  // None answers: both sides still look for each other in one place.
  for (const server of its === undefined ? others : [its, ...others]) if (await hasScript(server)) return server.origin
  throw new Refusal('room-script-refused')
}
