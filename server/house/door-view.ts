// What each side sees of those who come to a visit's door: who stands at it, who cannot come, and who tried while it was locked.

import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { idInRoom } from '../domain/visit/attendance.ts'
import { displayNameIn } from '../domain/visit/display-name.ts'
import { hindranceOf } from '../domain/visit/hindrance.ts'
import { identityAtDoor } from '../domain/visit/identity.ts'
import { invitationOf } from '../domain/visit/invited.ts'
import { triedBy } from '../domain/visit/locked-door.ts'
import { messagesTo } from '../domain/visit/messages.ts'
import type { Presence } from '../domain/visit/presence.ts'
import { isOfPatientsSide } from '../domain/visit/sides.ts'
import type { Hindrance, Open, Visit } from '../domain/visit/visit-shape.ts'
import type { AtLockedDoor, ClinicianView, DoorPerson, MessageToYou } from '../wire/wire.ts'
import { consentSeen } from './consent-view.ts'
import type { House } from './house.ts'
import { presenceAt } from './silence.ts'

/** For clinicians: everybody who came. */
export function peopleAt(house: House, visit: Visit, now: Instant): Pick<ClinicianView, 'door' | 'stuck' | 'tried'> {
  if (!('call' in visit)) return { door: [] }
  return { door: doorOf(house, visit, now), ...stuckAt(house, visit, now), ...triedAt(house, visit, now) }
}

/** Somebody of the patient's side has the visit open, and is not known at its door: at the check of their devices, as a rule. */
export function checkingAt(house: House, visit: Visit): true | undefined {
  const { door = [], hindered = [], tried = [] } = 'call' in visit ? visit.call : {}
  const known = [...door, ...hindered, ...tried].map(({ who }) => who)
  const open = house.memory.openPages.whoIsHere(visit.id, house.now())
  return open.some((who) => isOfPatientsSide(who) && !known.includes(who)) || undefined
}

/** For whoever tried to come in at a locked door: when, and whether they may now. */
export function atLockedDoor(visit: Open, who: Ref): AtLockedDoor | undefined {
  const person = triedBy(visit, who)
  if (person === undefined) return undefined
  const mayCome = person.mayWait === true || visit.call.locked === undefined
  return { triedAt: person.triedAt, devices: person.devices, ...(mayCome ? { mayCome } : {}) }
}

function doorOf(house: House, visit: Open, now: Instant): readonly DoorPerson[] {
  const callers = house.memory.callPages.inCall(visit.id, now)
  return visit.call.door.map((person) => {
    const { doorId, name, as, state, knockedAt, devices, who, phone } = person
    const word = identityAtDoor(visit, person)
    const room = displayNameIn(visit, who)
    const there = person.state === 'waiting' ? presenceAt(house.memory, visit.id, person, now) : undefined
    const here = there === undefined ? house.memory.openPages.here(visit.id, who, now) : there.is === 'here'
    // Whoever is let in no more is in no call, whatever their page last said.
    const caller = state === 'admitted' ? callers.find((one) => one.who === who) : undefined
    return {
      doorId,
      name,
      as,
      state,
      knockedAt,
      devices,
      here,
      ...(room === undefined ? {} : { idInRoom: idInRoom(visit.call.room, who), called: room }),
      ...(state === 'waiting'
        ? given({
            ...{ notNow: person.notNow, sentBackAt: person.sentBackAt, messages: sentTo(visit, who) },
            ...howAway(there),
          })
        : {}),
      ...(state === 'declined' ? given({ why: person.why }) : {}),
      ...given({ identity: word && { is: word.is, at: word.at }, invited: invitedAs(visit, who) }),
      ...(state === 'admitted' ? { admittedAt: person.admittedAt } : {}),
      ...given({ call: caller && { at: caller.at, since: caller.since }, hindrance: told(visit, who), phone }),
      ...given({ consent: consentSeen(visit, who) }),
    }
  })
}

/** As their clinicians see it; undefined where nothing was written. */
function sentTo(visit: Visit, who: Ref): DoorPerson['messages'] {
  const all = messagesTo(visit, who)
  return all.length === 0 ? undefined : all.map(({ at, says, shownAt }) => ({ at, says, ...given({ shownAt }) }))
}

/** As their own page shows it. */
export function messagesFor(visit: Visit, who: Ref): readonly MessageToYou[] | undefined {
  const all = messagesTo(visit, who)
  return all.length === 0 ? undefined : all.map(({ n, at, says }) => ({ n, at, says }))
}

/** Of somebody who waits and is not there: until when they keep their place, or since when they are gone. The same on every screen. */
export function howAway(there: Presence | undefined): Pick<DoorPerson, 'away' | 'leftAt'> {
  if (there === undefined || there.is === 'here') return {}
  if (there.is === 'gone') return { leftAt: there.since }
  const { is: _is, ...away } = there
  return { away }
}

function invitedAs(visit: Visit, who: Ref): DoorPerson['invited'] {
  const found = invitationOf(visit, who)
  return found && { invitation: found.id, by: found.byName, ...given({ language: found.language }) }
}

/** What their page told of their devices. */
export function told(visit: Visit, who: Ref): Hindrance | undefined {
  const hindered = hindranceOf(visit, who)
  if (hindered === undefined) return undefined
  const { who: _who, as: _as, name: _name, phone: _phone, ...hindrance } = hindered
  return hindrance
}

function stuckAt(house: House, visit: Open, now: Instant): Pick<ClinicianView, 'stuck'> {
  const { door, hindered = [], tried = [] } = visit.call
  const stuck = hindered.filter(({ who }) => [...door, ...tried].every((p) => p.who !== who))
  if (stuck.length === 0) return {}
  return {
    stuck: stuck.map(({ who, as, name, phone, ...hindrance }) => ({
      ...{ name, as, hindrance },
      ...given({ phone, consent: consentSeen(visit, who) }),
      here: house.memory.openPages.here(visit.id, who, now),
    })),
  }
}

function triedAt(house: House, visit: Open, now: Instant): Pick<ClinicianView, 'tried'> {
  const { tried = [] } = visit.call
  if (tried.length === 0) return {}
  return {
    tried: tried.map(({ doorId, who, name, as, phone, triedAt, mayWait }) => ({
      ...{ doorId, name, as, triedAt },
      ...given({ phone, mayWait, hindrance: told(visit, who) }),
      here: house.memory.openPages.here(visit.id, who, now),
    })),
  }
}
