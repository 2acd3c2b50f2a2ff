// What a row of a list says of the visit that an Appointment has: who is there, since when, and how far note and outcome are.
import { given } from '../domain/given.ts'
import { shownAs } from '../domain/note/shown-as.ts'
import { byTelephoneSince, cannotComeSince } from '../domain/visit/hindrance.ts'
import { deniedAtDoor, isOfAnother } from '../domain/visit/identity.ts'
import { lastShutOut } from '../domain/visit/locked-door.ts'
import { outcomeIn } from '../domain/visit/outcome.ts'
import { lastCome } from '../domain/visit/queue.ts'
import { isOfPatientsSide, patientsWaiting } from '../domain/visit/sides.ts'
import { unansweredAt } from '../domain/visit/unanswered.ts'
import type { Person, Visit } from '../domain/visit/visit-shape.ts'
import type { AppointmentItem } from '../wire/wire.ts'
import type { Caller } from './caller.ts'
import { consentInRow } from './consent-view.ts'
import { checkingAt, howAway } from './door-view.ts'
import type { House } from './house.ts'
import { invitedBeside } from './invited-view.ts'
import { presenceAt } from './silence.ts'
import { endedAs } from './views.ts'

type VisitItem = NonNullable<AppointmentItem['visit']>

export async function visitItem(house: House, { person, organisation }: Caller, visit: Visit): Promise<VisitItem> {
  const note = person.role === 'clinician' ? await house.notes.get(visit.id) : undefined
  const about = { id: visit.id, status: visit.status, ...whoIsThere(house, visit), note: shownAs(note) } as const
  const outcome = outcomeIn(visit)?.is
  if (person.role !== 'clinician') return { ...about, ...given({ ended: endedAs(visit) }) }
  const ofAnother = note !== undefined && isOfAnother(visit) ? (true as const) : undefined
  const endedItselfAt = visit.status === 'finished' ? visit.endedItselfAt : undefined
  const lacks = lacking(visit)
  const consent = consentInRow(organisation, visit)
  return {
    ...about,
    ...given({ checking: checkingAt(house, visit), invited: invitedBeside(house, visit, organisation) }),
    ...unansweredAt(visit, about.here > 0),
    ...given({
      endedItselfAt,
      consent,
      lacks,
      outcome,
      triedAt: lastShutOut(visit),
      deniedAt: deniedAtDoor(visit),
      ofAnother,
    }),
  }
}

/** A row of a day is about its patient: who was invited waits with them, and not in their place. */
const doorOfPatients = (visit: Visit): readonly Person[] =>
  'call' in visit ? visit.call.door.filter(({ who }) => isOfPatientsSide(who)) : []

/** What the check of the devices found of those who wait; undefined where all is well with everybody. */
function lacking(visit: Visit): VisitItem['lacks'] {
  const waiting = patientsWaiting(doorOfPatients(visit))
  const lacks = (['camera', 'microphone'] as const).filter((one) => waiting.some(({ devices }) => !devices[one]))
  return lacks.length === 0 ? undefined : lacks
}

/** Who is there counts, and where nobody is, whose place is kept until when; and where nobody has one any more, when they were heard of last. */
function whoIsThere(house: House, visit: Visit) {
  const now = house.now()
  const all = patientsWaiting(doorOfPatients(visit))
  const door = all.map((p) => ({ ...p, there: presenceAt(house.memory, visit.id, p, now) }))
  const here = door.filter(({ there }) => there.is === 'here')
  const kept = door.filter(({ there }) => there.is !== 'gone')
  const counted = here.length > 0 ? here : kept
  const [waitingSince] = counted.map((p) => p.knockedAt).sort()
  const notHere = here.length > 0 ? [] : door.map(({ there }) => howAway(there))
  const away = notHere.flatMap((one) => one.away ?? []).toSorted((a, b) => (a.until < b.until ? -1 : 1))
  const left = kept.length > 0 ? [] : notHere.flatMap((one) => one.leftAt ?? []).sort()
  const more = {
    ...{ waitingSince, cameAt: lastCome(counted), away: away.at(-1), leftAt: left.at(-1) },
    byTelephoneSince: byTelephoneSince(visit),
    cannotComeSince: cannotComeSince(visit),
    became: kept.length > 0 ? undefined : becameOf(visit),
  }
  return { waiting: kept.length, here: here.length, ...given(more) }
}

/** Who came to a visit that has not begun, and waits no longer, may not have gone of themselves. */
function becameOf(visit: Visit): VisitItem['became'] {
  if (visit.status !== 'arrived') return undefined
  const is = (state: Person['state']) => doorOfPatients(visit).some((p) => p.state === state)
  return is('admitted') ? 'let-in' : is('declined') ? 'sent-away' : undefined
}
