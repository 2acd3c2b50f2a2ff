// The patient's screens with nothing to do but read: too early, over, cancelled, not let in, left, goodbye.
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { AppointmentItem, Instant, Me, PatientView } from '../../server/wire/wire.ts'
import { goToList } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { span, when } from '../ui/times.ts'

type Visit = Pick<AppointmentItem | PatientView, 'start' | 'patient' | 'clinicians'>
type Shown = { readonly me: Me; readonly visit: Visit; readonly more?: boolean }

/** When, with whom and for whom. */
export function Facts({ me, visit }: { me: Me; visit: Visit }) {
  const start = when(visit.start, now.value, me.organisation.timeZone)
  return (
    <p class="facts">
      Your visit {start}
      {visit.clinicians.length > 0 && ` with ${visit.clinicians.join(' and ')}`}
      {me.role === 'representative' && ` for ${visit.patient.name}`}
    </p>
  )
}

function Ending({ title, me, visit, more, children }: Shown & { title: string; children: ComponentChildren }) {
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
    All your visits
  </button>
)

type Early = Shown & { readonly opensAt: Instant; onOpen?(): void }

/** Moves on by itself: the page around it looks again at the time. */
export function TooEarly({ opensAt, onOpen, ...shown }: Early) {
  const left = Date.parse(opensAt) - now.value
  useEffect(() => {
    if (left <= 0) onOpen?.()
  }, [left <= 0])
  return (
    <Ending title="You are early" {...shown}>
      <p class="big">
        The waiting room opens <strong>{when(opensAt, now.value, shown.me.organisation.timeZone)}</strong>.
      </p>
      <p>
        {left > 0 ? `That is in ${span(0, left + 59_999)}. ` : ''}You can keep this page open: it goes on by itself.
      </p>
    </Ending>
  )
}

export const Over = (shown: Shown) => (
  <Ending title="The time of this visit has passed" {...shown}>
    <p>If you still need to talk to someone, call the clinic.</p>
    <PhoneLink phone={shown.me.organisation.phone} />
  </Ending>
)

export const Cancelled = (shown: Shown) => (
  <Ending title="This appointment was cancelled" {...shown}>
    <p>Call the clinic for a new time.</p>
    <PhoneLink phone={shown.me.organisation.phone} />
  </Ending>
)

export const Goodbye = (shown: Shown) => (
  <Ending title="Your visit has ended" {...shown}>
    <p class="big">Thank you. You can close this page.</p>
    <p>If you have a question, or if you feel worse, call the clinic.</p>
    <PhoneLink phone={shown.me.organisation.phone} />
  </Ending>
)

export const Declined = ({ onAgain, ...shown }: Shown & { onAgain(): void }) => (
  <Ending title="You could not be let in" {...shown}>
    <p class="big">Your clinician cannot see you now. Please call the clinic: they will tell you what to do.</p>
    <PhoneLink phone={shown.me.organisation.phone} />
    <button type="button" onClick={onAgain}>
      Ask again to be let in
    </button>
  </Ending>
)

export const Away = ({ onAgain, ...shown }: Shown & { onAgain(): void }) => (
  <Ending title="You left the waiting room" {...shown}>
    <p>You can come back at any time before your visit ends.</p>
    <button type="button" class="main" onClick={onAgain}>
      Come back
    </button>
  </Ending>
)
