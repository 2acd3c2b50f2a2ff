// The clinician's day: today's video visits in the clinic's time, and what stands in the way of one that was opened.
import type { Me } from '../../server/wire/wire.ts'
import { passing } from '../base/api.ts'
import { ehrPath, go } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { RunningLate } from '../ui/late.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { day } from '../ui/times.ts'
import { Wait } from '../ui/wait.tsx'
import { DayList, useChosen, useDayAlert } from './day-list.tsx'
import { DayLost } from './day-lost.tsx'
import { day as words } from './day-words.ts'
import { useOpening } from './opening.ts'
import { useWatchedDay } from './watched-day.ts'

export function Day({ me }: { me: Me }) {
  const { seen, lost, look } = useWatchedDay(me)
  const { stuck, open } = useOpening(me, look)
  const list = seen.at === 'shown' ? seen.value : undefined
  useDayAlert(list)
  const going = useChosen(me, list, open)

  if (seen.at === 'refused' || (lost !== undefined && !passing(lost)))
    return (
      <Page me={me}>
        <ProblemScreen problem={lost ?? { code: 'fault' }} me={me} onRetry={look} />
      </Page>
    )
  return (
    <Page me={me}>
      <main class="day">
        <Heading title={words.title}>{words.today(day(now.value, me.organisation.timeZone))}</Heading>
        {lost !== undefined && <DayLost {...{ me, lost, list }} onLook={look} />}
        <RunningLate me={me} />
        {going ? (
          <Wait says={words.going} />
        ) : seen.at === 'shown' ? (
          <DayList me={me} list={seen.value} stuck={stuck} onOpen={open} onLook={look} />
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
