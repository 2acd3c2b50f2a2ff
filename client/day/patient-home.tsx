// The patient's visits: goes straight on to the one that is meant, else lets the patient choose.
import { useEffect, useState } from 'preact/hooks'
import type { AppointmentItem, AppointmentList, Me, VisitOpened } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { useWatch } from '../base/live.ts'
import { apiPath, browsing, go, visitPath } from '../base/route.ts'
import { Heading } from '../ui/heading.tsx'
import { Later } from '../ui/later.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { waitForVisit } from '../ui/words.ts'
import { Cancelled, Over, TooEarly, VisitEnd } from './patient-ends.tsx'
import { home } from './words.ts'

/** The appointment the patient came for: the one the launch named, the only one open, or the only one there is. */
export function meant({ chosen, appointments, untimed, incomplete }: AppointmentList): AppointmentItem | undefined {
  const named = appointments.find((a) => a.id === chosen)
  // Where another may be missing, or says no time, which one is meant is the patient's to say.
  if (named !== undefined || incomplete || untimed) return named
  const open = appointments.filter((a) => a.state === 'open')
  if (open.length === 1) return open[0]
  return appointments.length === 1 ? appointments[0] : undefined
}

export function PatientHome({ me }: { me: Me }) {
  const path = apiPath(me.launch, 'appointments')
  const watched = useWatch<AppointmentList>({ path })
  const seen = watched.seen.value
  const [inTheWay, setInTheWay] = useState<Problem>()
  const opening = async (item: AppointmentItem, how: 'push' | 'replace') => {
    const answer = await post<VisitOpened>(apiPath(me.launch, 'visits'), { appointment: item.id })
    if (answer.ok) go(visitPath(me.launch, answer.body.visit), how)
    else setInTheWay(answer.problem)
  }

  const stuck = inTheWay ?? (seen.at === 'refused' ? seen.problem : undefined)
  const again = () => {
    setInTheWay(undefined)
    watched.look()
  }
  return (
    <Page me={me}>
      {stuck !== undefined ? (
        <ProblemScreen problem={stuck} me={me} onRetry={again} onList={again} />
      ) : seen.at === 'shown' ? (
        <Visits me={me} list={seen.value} onOpen={opening} onLook={watched.look} />
      ) : (
        <main class="card">
          <Wait says={home.waiting} />
        </main>
      )}
    </Page>
  )
}

type VisitsProps = {
  me: Me
  list: AppointmentList
  onOpen(item: AppointmentItem, how: 'push' | 'replace'): Promise<void>
  onLook(): void
}

function Visits({ me, list, onOpen, onLook }: VisitsProps) {
  const item = browsing.value ? undefined : meant(list)
  const open = item?.state === 'open' ? item : undefined
  useEffect(() => {
    if (open !== undefined) void onOpen(open, 'replace')
  }, [open?.id])

  if (open !== undefined)
    return (
      <main class="card">
        <Heading>{home.opening}</Heading>
        <Wait says={waitForVisit} />
      </main>
    )
  if (item === undefined)
    return (
      <Later
        load={() => import('./visit-choice.tsx')}
        show={({ VisitChoice }) => <VisitChoice {...{ me, list, onOpen, onLook }} />}
      />
    )
  const more = list.appointments.length > 1 || list.incomplete === true
  return <Shut me={me} item={item} more={more} onLook={onLook} />
}

type ShutProps = { me: Me; item: AppointmentItem; more: boolean; onLook(): void }

/** The one visit there is, while it cannot be opened. */
function Shut({ me, item, more, onLook }: ShutProps) {
  if (item.state === 'too-early')
    return <TooEarly me={me} visit={item} opensAt={item.opensAt} more={more} onOpen={onLook} />
  if (item.state === 'cancelled') return <Cancelled me={me} visit={item} more={more} />
  if (item.state === 'finished') return <VisitEnd me={me} visit={item} more={more} as={item.visit?.ended} />
  return <Over me={me} visit={item} more={more} />
}
