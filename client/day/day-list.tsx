// The rows of the clinician's day, where now is, and who waits.
import { signal } from '@preact/signals'
import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { AppointmentItem, AppointmentList, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { route } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { useKnockAlert } from '../ui/knock-alert.ts'
import { Inline } from '../ui/problem.tsx'
import { clockNamed } from '../ui/times.ts'
import { Wait } from '../ui/wait.tsx'
import { DayRow, hasWayIn, type OpenItem, UntimedRow } from './day-row.tsx'
import { day as words } from './day-words.ts'
import { Incomplete } from './incomplete.tsx'

/** A launch that names a visit goes straight there, once: "back" shows the day, also where the page began with the visit. */
const went = signal(route.peek().at === 'visit')

/** What stood in the way of an appointment that was opened. */
export type Stuck = { readonly id: AppointmentItem['id']; readonly problem: Problem }
type DayListProps = {
  readonly me: Me
  readonly list: AppointmentList
  readonly stuck: Stuck | undefined
  readonly onOpen: OpenItem
  onLook(): void
}

export function DayList({ me, list, stuck, onOpen, onLook }: DayListProps) {
  const items = list.appointments.toSorted(byNeed)
  const waiting = items.filter((a) => (a.visit?.waiting ?? 0) > 0)
  const people = waiting.reduce((sum, a) => sum + (a.visit?.here ?? 0), 0)
  useKnockAlert(
    [
      ...waiting.map((a) => ({ key: `${a.id} ${a.visit?.waiting}`, name: a.patient.name })),
      ...items.flatMap(({ id, patient: { name }, visit }) =>
        visit?.byTelephoneSince === undefined
          ? []
          : { key: `${id} ${visit.byTelephoneSince}`, name, byTelephone: true },
      ),
    ],
    people,
  )
  const chosen = went.value ? undefined : items.find((a) => a.id === (list.chosen ?? onlyOne(me, list)?.id))
  const [going, setGoing] = useState(false)
  useEffect(() => {
    if (chosen === undefined) return
    went.value = true
    if (!opensByItself(chosen)) return
    setGoing(true)
    void onOpen(chosen).then(() => setGoing(false))
  }, [chosen?.id])
  // No list under a finger that a moment later is another page.
  if (going || (chosen !== undefined && opensByItself(chosen))) return <Wait says={words.going} />

  const isListed = items.some((a) => a.id === stuck?.id)
  return (
    <>
      {stuck !== undefined && !isListed && <Inline problem={stuck.problem} me={me} />}
      {list.incomplete && <Incomplete says={words.incomplete} onLook={onLook} />}
      {items.length > 0 && <p class={people > 0 ? 'day-count waiting' : 'day-count'}>{words.count(people)}</p>}
      {items.length > 0 && <Rows {...{ me, items, stuck, onOpen }} />}
      {list.untimed !== undefined && <Untimed me={me} items={list.untimed} />}
      {items.length === 0 && list.untimed === undefined && !list.incomplete && <p class="empty">{words.none}</p>}
    </>
  )
}

const opensByItself = (item: AppointmentItem) => hasWayIn(item) || item.state === 'unusable'

/** Who waits comes first, the longest of them on top; then who asks for the telephone, and who is in a call; then all others by their time. */
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
  if (visit.byTelephoneSince !== undefined) return 1
  return visit.status === 'in-progress' ? 2 : rest
}

/** Opened for one patient, with one visit that can be gone to: a list of it would be in the way. */
function onlyOne(me: Me, { appointments, untimed, incomplete }: AppointmentList): AppointmentItem | undefined {
  if (!me.onePatient || incomplete || untimed !== undefined) return undefined
  const [only, another] = appointments.filter((a) => hasWayIn(a) && (a.visit !== undefined || a.state === 'open'))
  return another === undefined ? only : undefined
}

type RowsProps = Omit<DayListProps, 'list' | 'onLook'> & { readonly items: readonly AppointmentItem[] }

function Rows({ me, items, stuck, onOpen }: RowsProps) {
  const next = items.findIndex((a) => needOf(a) === rest && Date.parse(a.start) > now.value)
  const line = <NowLine timeZone={me.organisation.timeZone} />
  return (
    <ol class="day-list">
      {items.map((item, n) => (
        <Fragment key={item.id}>
          {n === next && line}
          <DayRow me={me} item={item} problem={stuck?.id === item.id ? stuck.problem : undefined} onOpen={onOpen} />
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
    <span>{words.now(clockNamed(now.value, timeZone))}</span>
  </li>
)
