// The clinician's day: today's video visits in the clinic's time, where now is, and who waits.
import { signal } from '@preact/signals'
import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { AppointmentItem, AppointmentList, Me, VisitOpened } from '../../server/wire/wire.ts'
import { type Problem, passing, post } from '../base/api.ts'
import { useWatch } from '../base/live.ts'
import { apiPath, ehrPath, go, route, visitPath } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { useKnockAlert } from '../ui/knock-alert.ts'
import { Page } from '../ui/page.tsx'
import { Inline, ProblemScreen } from '../ui/problem.tsx'
import { clock, day } from '../ui/times.ts'
import { Wait } from '../ui/wait.tsx'
import { DayRow } from './day-row.tsx'
import { day as words } from './day-words.ts'

/** A launch that names a visit goes straight there, once: "back" shows the day, also where the page began with the visit. */
const went = signal(route.peek().at === 'visit')

export function Day({ me }: { me: Me }) {
  const watched = useWatch<AppointmentList>({
    path: apiPath(me.launch, 'appointments'),
    events: apiPath(me.launch, 'events'),
  })
  const seen = watched.seen.value
  const [problem, setProblem] = useState<Problem>()
  const open = async (item: AppointmentItem) => {
    setProblem(undefined)
    // Also a visit that the patient opened first: until this launch asks for it, it is not this launch's.
    const answer = await post<VisitOpened>(apiPath(me.launch, 'visits'), { appointment: item.id })
    if (answer.ok) go(visitPath(me.launch, answer.body.visit))
    else setProblem(answer.problem)
  }

  const lost = seen.at === 'refused' ? seen.problem : seen.at === 'shown' ? seen.trouble : undefined
  if (seen.at === 'refused' || (lost !== undefined && !passing(lost)))
    return (
      <Page me={me}>
        <ProblemScreen problem={lost ?? { code: 'fault' }} me={me} onRetry={watched.look} />
      </Page>
    )
  return (
    <Page me={me}>
      <main class="day">
        <Heading title={words.title}>{words.today(day(now.value, me.organisation.timeZone))}</Heading>
        {lost !== undefined && <Inline problem={lost} me={me} />}
        {problem !== undefined && <Inline problem={problem} me={me} />}
        {seen.at === 'shown' ? <List me={me} list={seen.value} onOpen={open} /> : <Wait says={words.waiting} />}
        <p class="day-foot">
          <button type="button" class="plain" onClick={() => go(ehrPath(me.launch))}>
            {words.ehr}
          </button>
        </p>
      </main>
    </Page>
  )
}

type ListProps = { me: Me; list: AppointmentList; onOpen(item: AppointmentItem): Promise<void> }

const waitingIn = (list: AppointmentList) => list.appointments.filter((a) => (a.visit?.waiting ?? 0) > 0)

function List({ me, list, onOpen }: ListProps) {
  const items = list.appointments.toSorted((a, b) => a.start.localeCompare(b.start))
  const waiting = waitingIn(list)
  const people = waiting.reduce((sum, a) => sum + (a.visit?.waiting ?? 0), 0)
  useKnockAlert(
    waiting.map((a) => ({ key: `${a.id} ${a.visit?.waiting}`, name: a.patient.name })),
    people,
  )
  const chosen = went.value ? undefined : items.find((a) => a.id === list.chosen)
  useEffect(() => {
    if (chosen === undefined) return
    went.value = true
    if (chosen.state === 'open' || chosen.visit !== undefined) void onOpen(chosen)
  }, [chosen?.id])

  if (items.length === 0) return <p class="empty">{words.none}</p>
  const next = items.findIndex((a) => Date.parse(a.start) > now.value)
  const line = <NowLine timeZone={me.organisation.timeZone} />
  return (
    <>
      <p class={people > 0 ? 'day-count waiting' : 'day-count'}>{words.count(people)}</p>
      <ol class="day-list">
        {items.map((item, n) => (
          <Fragment key={item.id}>
            {n === next && line}
            <DayRow me={me} item={item} onOpen={() => onOpen(item)} />
          </Fragment>
        ))}
        {next === -1 && line}
      </ol>
    </>
  )
}

const NowLine = ({ timeZone }: { timeZone: string }) => (
  <li class="now">
    <span>{words.now(clock(now.value, timeZone))}</span>
  </li>
)
