// The patient's visits, where several are open or none is meant: the patient chooses. Comes when it is needed.
import type { AppointmentItem, AppointmentList, Me } from '../../server/wire/wire.ts'
import { called } from '../base/called.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { clockNamed, whenNamed } from '../ui/times.ts'
import { choice as words } from './choice-words.ts'
import { Incomplete } from './incomplete.tsx'

type ChoiceProps = {
  readonly me: Me
  readonly list: AppointmentList
  onOpen(item: AppointmentItem, how: 'push'): Promise<void>
  onLook(): void
}

export function VisitChoice({ me, list, onOpen, onLook }: ChoiceProps) {
  const { untimed = [] } = list
  return (
    <main class="card">
      <Heading>{words.title}</Heading>
      {list.incomplete ? (
        <Incomplete says={words.incomplete} onLook={onLook} />
      ) : (
        list.appointments.length === 0 && untimed.length === 0 && <p>{words.none}</p>
      )}
      <ul class="visits">
        {list.appointments.map((item) => (
          <li key={item.id}>
            <p class="visit-time">{clockNamed(item.start, now.value, me.organisation.timeZone)}</p>
            <Who me={me} item={item} />
            {item.state === 'open' ? (
              <button type="button" class="main" onClick={() => void onOpen(item, 'push')}>
                {words.goTo}
              </button>
            ) : (
              <p class="quiet">{stateWords(item, me)}</p>
            )}
          </li>
        ))}
        {untimed.map((item) => (
          <li key={item.id}>
            <p class="visit-time">{item.told ?? words.noTime}</p>
            <Who me={me} item={item} />
            <p class="quiet">{item.state === 'cancelled' ? words.cancelled : words.untimed}</p>
          </li>
        ))}
      </ul>
    </main>
  )
}

const Who = ({ me, item }: { readonly me: Me; readonly item: Pick<AppointmentItem, 'clinicians' | 'patient'> }) => (
  <>
    <p>{words.clinicians(item.clinicians)}</p>
    {me.role === 'representative' && <p class="quiet">{words.forPatient(called(item.patient.name))}</p>}
  </>
)

function stateWords({ state, opensAt, visit }: AppointmentItem, me: Me): string {
  if (state === 'too-early') return words.opens(whenNamed(opensAt, now.value, me.organisation.timeZone))
  if (state === 'cancelled') return words.cancelled
  if (visit?.ended === 'failed' || visit?.ended === 'moved') return words[visit.ended]
  return state === 'finished' ? words.finished : words.over
}
