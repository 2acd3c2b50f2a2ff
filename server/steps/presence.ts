// Who is really there: in the call each page tells of itself, and hears of the others; and each says when it closes. What a room shows may be old
// without its saying so.
// Refuses whoever may not join, and shows nobody who may not be there.

import { isClinician } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { idInRoom, withHeartbeats } from '../domain/visit/attendance.ts'
import { displayNameIn } from '../domain/visit/display-name.ts'
import { requireAdmitted } from '../domain/visit/door.ts'
import { invitationOf, signs } from '../domain/visit/invited.ts'
import { requireOpen } from '../domain/visit/visit.ts'
import type { Open, Said } from '../domain/visit/visit-shape.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { CallView, InCall, Pulse } from '../wire/wire.ts'
import type { Done, Tells } from './step.ts'

export async function tell(
  house: House,
  { person, visit }: AtVisit,
  { away, ...pulse }: Pulse,
): Promise<Tells<CallView>> {
  const me = person.who
  const at = person.role === 'clinician' ? requireOpen(visit) : requireAdmitted(visit, me)
  const now = house.now()
  const { openPages, heartbeats, callPages } = house.memory
  openPages.seen(at.id, me, now)
  if (pulse.at === 'in') heartbeats.heard(at.id, me, now, mediaIn(pulse))
  if (pulse.at === 'in') await keepFirst(house, at, me, { isHers: person.role === 'clinician', ...pulse })
  const before = callPages.inCall(at.id, now).find((one) => one.who === me)
  const since = given({ awaySince: person.role === 'clinician' ? awaySince(away, now) : undefined })
  const seated = callPages.told(at.id, me, { ...pulse, ...since }, now)
  house.goings.expect(at, me)
  const all = callPages.inCall(at.id, now)
  const after = all.find((one) => one.who === me)
  // All who are shown where they are ask at once, and not with their next beat or look.
  if (before?.at !== after?.at || before?.awaySince !== after?.awaySince) house.stirVisit(at)
  const myId = idInRoom(at.call.room, me)
  const myName = displayNameIn(at, me) ?? person.name
  const others = all.flatMap(({ who, sees, ...told }): readonly InCall[] => {
    const name = displayNameIn(at, who)
    if (who === me || name === undefined || !mayBeThere(at, who)) return []
    const seesYou = sees.includes(myId) || sees.includes(myName)
    const invitation = invitationOf(at, who)
    const isSigner = invitation && signs(invitation) ? (true as const) : undefined
    return [{ ...told, idInRoom: idInRoom(at.call.room, who), name, seesYou, ...given({ signs: isSigner }) }]
  })
  return { body: { ...seated, ...since, now, others } satisfies CallView }
}

/** A page says that it closes: it is gone soon, unless it was only loaded again. A place at the door, and in the call, stays as it is. */
export async function sayGoodbye(house: House, { person, visit }: AtVisit): Promise<Done> {
  house.memory.openPages.goodbye(visit.id, person.who, house.now())
  house.goings.expect(visit, person.who)
  return {}
}

type Told = Pick<Pulse, 'mediaBlocked'> & { readonly isHers: boolean }

/**
 * That somebody of the patient's side was in the call at all must not be lost with the app, nor that nothing came through: the first word of either is
 * kept at once, others later.
 */
async function keepFirst(
  house: House,
  { id, attendance }: Open,
  me: Ref,
  { isHers, mediaBlocked }: Told,
): Promise<void> {
  const mine = attendance.find(({ who }) => who === me)
  const isNews = (!isHers && mine?.said === undefined) || (mediaBlocked && mine?.said?.media === undefined)
  if (mine === undefined || !isNews) return
  await house.changeVisit(id, (visit) => withHeartbeats(visit, house.memory.heartbeats.of(id)))
}

const mediaIn = ({ mediaBlocked, mediaFlows }: Pulse): Said['media'] =>
  mediaFlows ? 'flows' : mediaBlocked ? 'blocked' : undefined

/** As we told it before, also over a restart of ours; never later than now. */
const awaySince = (away: Pulse['away'], now: Instant): Instant | undefined =>
  away && (away.since === undefined || away.since > now ? now : away.since)

/** Whoever is not at our door and has a name in the room came as a clinician. */
const mayBeThere = ({ call }: Open, who: Ref): boolean => {
  const person = call.door.find((p) => p.who === who)
  return person === undefined ? isClinician(who) : person.state === 'admitted'
}
