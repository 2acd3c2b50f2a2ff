// The clinician's day: today's video visits in the clinic's time, and what stands in the way of one that was opened.
import { useState } from 'preact/hooks'
import type { AppointmentList, Me, VisitOpened } from '../../server/wire/wire.ts'
import { passing, post } from '../base/api.ts'
import { useWatch, type Watched } from '../base/live.ts'
import { apiPath, ehrPath, go, visitPath } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { Page } from '../ui/page.tsx'
import { Inline, ProblemScreen } from '../ui/problem.tsx'
import { day } from '../ui/times.ts'
import { Wait } from '../ui/wait.tsx'
import { DayList, type Stuck } from './day-list.tsx'
import type { OpenItem } from './day-row.tsx'
import { day as words } from './day-words.ts'

export function Day({ me }: { me: Me }) {
  const watched = useWatch<AppointmentList>({
    path: apiPath(me.launch, 'appointments'),
    events: apiPath(me.launch, 'events'),
  })
  const seen = watched.seen.value
  const { stuck, open } = useOpening(me, watched)

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
        {seen.at === 'shown' ? (
          <DayList me={me} list={seen.value} stuck={stuck} onOpen={open} onLook={watched.look} />
        ) : (
          <Wait says={words.waiting} />
        )}
        <p class="day-foot">
          <button type="button" class="plain" onClick={() => go(ehrPath(me.launch))}>
            {words.ehr}
          </button>
        </p>
      </main>
    </Page>
  )
}

function useOpening(me: Me, watched: Watched<AppointmentList>) {
  const [stuck, setStuck] = useState<Stuck>()
  const open: OpenItem = async ({ id }, anyway) => {
    setStuck(undefined)
    // Also a visit that the patient opened first: until this launch asks for it, it is not this launch's.
    const answer = await post<VisitOpened>(apiPath(me.launch, 'visits'), { appointment: id, ...(anyway && { anyway }) })
    if (answer.ok) return go(visitPath(me.launch, answer.body.visit))
    setStuck({ id, problem: answer.problem })
    // What stood in the way may have changed the day.
    watched.look()
  }
  return { stuck, open }
}
