// What a row of a list says of the visit that an Appointment has: who is there, since when, and how far note and outcome are.
import { given } from '../domain/given.ts'
import { shownAs } from '../domain/note/shown-as.ts'
import { byTelephoneSince } from '../domain/visit/hindrance.ts'
import { deniedAtDoor, isOfAnother } from '../domain/visit/identity.ts'
import { lastShutOut } from '../domain/visit/locked-door.ts'
import { outcomeIn } from '../domain/visit/outcome.ts'
import { lastCome } from '../domain/visit/queue.ts'
import type { Person, Visit } from '../domain/visit/visit-shape.ts'
import type { AppointmentItem } from '../wire/wire.ts'
import type { Caller } from './caller.ts'
import { leftAt } from './door-view.ts'
import type { House } from './house.ts'
import { endedAs } from './views.ts'

type VisitItem = NonNullable<AppointmentItem['visit']>

export async function visitItem(house: House, { person }: Caller, visit: Visit): Promise<VisitItem> {
  const note = person.role === 'clinician' ? await house.notes.get(visit.id) : undefined
  const about = { id: visit.id, status: visit.status, ...whoIsThere(house, visit), note: shownAs(note) } as const
  const outcome = outcomeIn(visit)?.is
  if (person.role !== 'clinician') return { ...about, ...given({ ended: endedAs(visit) }) }
  const ofAnother = note !== undefined && isOfAnother(visit) ? (true as const) : undefined
  return { ...about, ...given({ outcome, triedAt: lastShutOut(visit), deniedAt: deniedAtDoor(visit), ofAnother }) }
}

/** Who is there counts, and where nobody is, when they were heard of last. */
function whoIsThere(house: House, visit: Visit) {
  const door = 'call' in visit ? visit.call.door.flatMap((p) => (p.state === 'waiting' ? p : [])) : []
  const { openPages } = house.memory
  const now = house.now()
  const here = door.filter((p) => openPages.here(visit.id, p.who, now))
  const counted = here.length > 0 ? here : door
  const [waitingSince] = counted.map((p) => p.knockedAt).sort()
  const left = door.flatMap((p) => leftAt(house, visit.id, p.who, here.length > 0) ?? []).sort()
  const times = { waitingSince, cameAt: lastCome(counted), leftAt: left.at(-1) }
  const more = {
    ...times,
    byTelephoneSince: byTelephoneSince(visit),
    became: door.length > 0 ? undefined : becameOf(visit),
  }
  return { waiting: door.length, here: here.length, ...given(more) }
}

/** Who came to a visit that has not begun, and waits no longer, may not have gone of themselves. */
function becameOf(visit: Visit): VisitItem['became'] {
  if (visit.status !== 'arrived') return undefined
  const is = (state: Person['state']) => visit.call.door.some((p) => p.state === state)
  return is('admitted') ? 'let-in' : is('declined') ? 'sent-away' : undefined
}
