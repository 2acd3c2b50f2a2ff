// The patient's screens with nothing to do but read: too early, over, cancelled, not let in, left, goodbye.
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { AppointmentItem, EndedAs, Instant, Me, PatientView } from '../../server/wire/wire.ts'
import { goToList } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { span, whenNamed } from '../ui/times.ts'
import { allVisits, away, cancelled, early, facts, goodbye, notHeld, over, withProfession } from './words.ts'

type Visit = Pick<AppointmentItem | PatientView, 'start' | 'patient' | 'clinicians'> & Pick<PatientView, 'profession'>
export type EndProps = { readonly me: Me; readonly visit: Visit; readonly more?: boolean }

/** Their names, and beside the name of one what they are. */
export const named = ({ clinicians, profession }: Pick<PatientView, 'clinicians' | 'profession'>) =>
  profession ? clinicians.map((name) => withProfession(name, profession)) : clinicians

/** When, with whom and for whom. */
export function Facts({ me, visit }: { me: Me; visit: Visit }) {
  const start = whenNamed(visit.start, now.value, me.organisation.timeZone)
  const patient = me.role === 'representative' ? visit.patient?.name : undefined
  return <p class="facts">{facts({ when: start, clinicians: named(visit), patient })}</p>
}

export function Ending({
  title,
  me,
  visit,
  more,
  children,
}: EndProps & { title: string; children: ComponentChildren }) {
  return (
    <main class="card">
      <Heading>{title}</Heading>
      <Facts me={me} visit={visit} />
      {children}
      {more && <AllVisits me={me} />}
    </main>
  )
}

const AllVisits = ({ me }: { me: Me }) => (
  <button type="button" class="plain" onClick={() => goToList(me.launch)}>
    {allVisits}
  </button>
)

type TooEarlyProps = EndProps & { readonly opensAt: Instant; onOpen?(): void }

/** Longer than this nobody stays signed in on a page that only waits. */
const farMs = 25 * 60_000

/** Moves on by itself: the page around it looks again at the time. */
export function TooEarly({ opensAt, onOpen, ...end }: TooEarlyProps) {
  const left = Date.parse(opensAt) - now.value
  useEffect(() => {
    if (left <= 0) onOpen?.()
  }, [left <= 0])
  return (
    <Ending title={early.title} {...end}>
      <p class="big">{early.opens(<strong>{whenNamed(opensAt, now.value, end.me.organisation.timeZone)}</strong>)}</p>
      <p>{left > 0 ? early[left > farMs ? 'far' : 'in'](span(0, left + 59_999)) : early.now}</p>
    </Ending>
  )
}

export const Over = (end: EndProps) => (
  <Ending title={over.title} {...end}>
    <p>{over.todo}</p>
    <PhoneLink phone={end.me.organisation.phone} />
  </Ending>
)

export const Cancelled = (end: EndProps) => (
  <Ending title={cancelled.title} {...end}>
    <p>{cancelled.todo}</p>
    <PhoneLink phone={end.me.organisation.phone} />
  </Ending>
)

/** A visit that is over; of one that did not take place it says no more than what is so, and what to do. */
export const VisitEnd = ({ as, ...end }: EndProps & { readonly as: EndedAs | undefined }) =>
  as === undefined ? (
    <Goodbye {...end} />
  ) : (
    <Ending title={notHeld[as].title} {...end}>
      <p class="big">{notHeld[as].todo}</p>
      <PhoneLink phone={end.me.organisation.phone} />
    </Ending>
  )

const Goodbye = (end: EndProps) => (
  <Ending title={goodbye.title} {...end}>
    <p class="big">{goodbye.thanks}</p>
    <p>{goodbye.worse}</p>
    <PhoneLink phone={end.me.organisation.phone} />
  </Ending>
)

export const Away = ({ onAgain, ...end }: EndProps & { onAgain(): void }) => (
  <Ending title={away.title} {...end}>
    <p>{away.todo}</p>
    <button type="button" class="main" onClick={onAgain}>
      {away.again}
    </button>
  </Ending>
)
