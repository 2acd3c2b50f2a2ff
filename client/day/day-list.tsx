// The rows of the clinician's day, where now is, and who waits: on a page of its own, and over a call.
import { signal } from '@preact/signals'
import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { AppointmentItem, AppointmentList, AskingVisit, Me, VisitOpened } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { route } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { asking, atDoor, type Comer, notAnswered, useKnockAlert } from '../ui/knock-alert.ts'
import { Inline } from '../ui/problem.tsx'
import { clockNamed, spanShort } from '../ui/times.ts'
import { DayRow, hasWayIn, type OpenItem, UntimedRow } from './day-row.tsx'
import { day as words } from './day-words.ts'
import { Incomplete } from './incomplete.tsx'
import { arrivalsIn, askingCount } from './who-waits.ts'

/** A launch that names a visit goes straight there, once: "back" shows the day, also where the page began with the visit. */
const went = signal(route.peek().at === 'visit')

/** What stood in the way of an appointment that was opened. */
export type Stuck = { readonly id: AppointmentItem['id']; readonly problem: Problem }
type DayListProps = {
  readonly me: Me
  readonly list: AppointmentList
  /** The visit that is shown already, where this lies over one. */
  readonly here?: VisitOpened['visit'] | undefined
  readonly stuck: Stuck | undefined
  readonly onOpen: OpenItem
  onLook(): void
}

export function DayList({ me, list, here, stuck, onOpen, onLook }: DayListProps) {
  const items = list.appointments.toSorted(byNeed)
  const isListed = items.some((a) => a.id === stuck?.id)
  return (
    <>
      {stuck !== undefined && !isListed && <Inline problem={stuck.problem} me={me} />}
      {list.incomplete && <Incomplete says={words.incomplete} onLook={onLook} />}
      <Count list={list} />
      {items.length > 0 && <Rows {...{ me, items, here, stuck, onOpen }} />}
      {list.untimed !== undefined && <Untimed me={me} items={list.untimed} />}
      {items.length === 0 && isKnown(list) && <p class="empty">{words.none}</p>}
    </>
  )
}

/** Whether nothing in it means that there is nothing. */
const isKnown = ({ untimed, incomplete, asRead }: AppointmentList): boolean =>
  untimed === undefined && !incomplete && asRead === undefined

const peopleIn = ({ appointments }: AppointmentList): number =>
  appointments.reduce((sum, { visit }) => sum + (visit?.here ?? 0), 0)

/** Of whom it is listed, and beyond this sign-in's reach. A door that has closed is locked to everybody. */
const askingIn = ({ appointments, asking = [] }: AppointmentList): readonly { readonly as: AskingVisit['as'] }[] => [
  ...asking,
  ...appointments.flatMap(({ visit }) =>
    visit?.byTelephoneSince === undefined ? [] : { as: 'by-telephone' as const },
  ),
  ...appointments.flatMap(({ state, visit }) =>
    visit?.triedAt === undefined || state === 'over' ? [] : { as: 'locked' as const },
  ),
]

/** A number of people is claimed for what is listed, and of whom this sign-in is not for no more than a number. */
function Count({ list }: { list: AppointmentList }) {
  const { appointments, outOfReach } = list
  const people = peopleIn(list)
  const asks = askingIn(list)
  const isQuiet = outOfReach === undefined && asks.length === 0
  return (
    <>
      {appointments.length > 0 && (people > 0 || isQuiet) && (
        <p class={people > 0 ? 'day-count waiting' : 'day-count'}>{words.count(people)}</p>
      )}
      {outOfReach !== undefined && (
        <p class="day-count waiting">
          {words.outOfReach(outOfReach.count, spanShort(Date.parse(outOfReach.since), now.value))}
        </p>
      )}
      {asks.length > 0 && <p class="day-count waiting">{words.asking(askingCount(asks))}</p>}
    </>
  )
}

/** Tells of each who comes, asks for the telephone, or tries a locked door. */
export function useDayAlert(list: AppointmentList | undefined): void {
  const { appointments = [], outOfReach } = list ?? {}
  const arrivals = appointments.flatMap(({ patient: { name }, visit }): readonly Comer[] => {
    if (visit === undefined) return []
    const { id, here, cameAt, deniedAt, byTelephoneSince, triedAt, unanswered: missed } = visit
    return [
      // Of whom it was said that they are not the patient, the patient's name is not told.
      ...(here === 0 || cameAt === undefined ? [] : [atDoor(id, cameAt, name, deniedAt !== undefined)]),
      ...(byTelephoneSince === undefined ? [] : [asking(id, 'by-telephone', byTelephoneSince, name)]),
      ...(triedAt === undefined ? [] : [asking(id, 'locked', triedAt, name)]),
      ...(missed === undefined ? [] : [notAnswered(id, missed.at, name, deniedAt !== undefined)]),
    ]
  })
  const others = arrivalsIn({ visits: [], count: 0, asking: [], ...(outOfReach && { outOfReach }) }, false)
  const count = list === undefined ? 0 : peopleIn(list) + (outOfReach?.count ?? 0) + askingIn(list).length
  useKnockAlert([...arrivals, ...others], count)
}

/** Goes to the visit that the launch is for, once; answers whether it is on the way there. */
export function useChosen(me: Me, list: AppointmentList | undefined, onOpen: OpenItem): boolean {
  const meant = list && (list.chosen ?? onlyOne(me, list)?.id)
  const chosen = went.value ? undefined : list?.appointments.find(({ id }) => id === meant)
  const [going, setGoing] = useState(false)
  useEffect(() => {
    if (chosen === undefined) return
    went.value = true
    if (!opensByItself(chosen)) return
    setGoing(true)
    void onOpen(chosen).then(() => setGoing(false))
  }, [chosen?.id])
  return going || (chosen !== undefined && opensByItself(chosen))
}

const opensByItself = (item: AppointmentItem) => hasWayIn(item) || item.state === 'unusable'

/** Who waits comes first, the longest of them on top; then who asks for the telephone, or stands before a locked door; then who is in a call; then all others by their time. */
export function byNeed(a: AppointmentItem, b: AppointmentItem): number {
  const need = needOf(a) - needOf(b)
  if (need !== 0) return need
  const [one, other] = [a, b].map(({ start, visit }) => (needOf(a) === 0 ? visit?.waitingSince : undefined) ?? start)
  return (one ?? '').localeCompare(other ?? '')
}

const rest = 3
function needOf({ visit }: AppointmentItem): number {
  if (visit === undefined) return rest
  if (visit.here > 0) return 0
  if (visit.byTelephoneSince !== undefined || visit.triedAt !== undefined) return 1
  return visit.status === 'in-progress' ? 2 : rest
}

/** Opened for one patient, with one visit that can be gone to: a list of it would be in the way. */
function onlyOne(me: Me, list: AppointmentList): AppointmentItem | undefined {
  if (!me.onePatient || !isKnown(list)) return undefined
  const [only, another] = list.appointments.filter((a) => hasWayIn(a) && (a.visit !== undefined || a.state === 'open'))
  return another === undefined ? only : undefined
}

type RowsProps = Omit<DayListProps, 'list' | 'onLook'> & { readonly items: readonly AppointmentItem[] }

function Rows({ me, items, here, stuck, onOpen }: RowsProps) {
  const next = items.findIndex((a) => needOf(a) === rest && Date.parse(a.start) > now.value)
  const line = <NowLine timeZone={me.organisation.timeZone} />
  return (
    <ol class="day-list">
      {items.map((item, n) => (
        <Fragment key={item.id}>
          {n === next && line}
          <DayRow
            me={me}
            item={item}
            isHere={here !== undefined && item.visit?.id === here}
            problem={stuck?.id === item.id ? stuck.problem : undefined}
            onOpen={onOpen}
          />
        </Fragment>
      ))}
      {next === -1 && line}
    </ol>
  )
}

function Untimed({ me, items }: { me: Me; items: NonNullable<AppointmentList['untimed']> }) {
  return (
    <section aria-label={words.untimed}>
      <h2>{words.untimed}</h2>
      <ol class="day-list">
        {items.map((item) => (
          <UntimedRow key={item.id} me={me} item={item} />
        ))}
      </ol>
    </section>
  )
}

const NowLine = ({ timeZone }: { timeZone: string }) => (
  <li class="now">
    <span>{words.now(clockNamed(now.value, now.value, timeZone))}</span>
  </li>
)
