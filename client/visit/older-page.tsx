// One person with several pages of one visit: the newest waits and goes into the call; an older one says so and is done.
import { useEffect, useRef } from 'preact/hooks'
import type { Me, PatientView } from '../../server/wire/wire.ts'
import type { Watched } from '../base/live.ts'
import { Later } from '../ui/later.tsx'
import { Page } from '../ui/page.tsx'

/** This page's number among the person's own. */
export type Seat = {
  /** Where the visit is looked at, as this page. */
  path(): string
  take(view: PatientView): void
  /** With the next look this page is the newest. */
  renew(): void
}

export function useSeat(path: string): Seat {
  const own = useRef<PatientView['seat']>(undefined)
  return {
    path: () => (own.current === undefined ? path : `${path}?seat=${own.current}`),
    take: ({ seat }) => {
      own.current = seat ?? own.current
    },
    renew: () => {
      own.current = undefined
    },
  }
}

/**
 * Whether another page of the same person's waits in this one's place: then this one is done. One that is in the call already finds out there. One that
 * lies beside a window of its own waits for that, and takes the place back once the window has closed.
 */
export function useOlder(
  watched: Watched<PatientView>,
  seat: Seat,
  { place, elsewhere }: PatientView,
  apart: boolean,
): boolean {
  const entered = useRef(false)
  const returns = useRef(false)
  if (apart) returns.current = true
  else if (elsewhere !== true) returns.current = false
  const waits = elsewhere === true && !apart && (place.at === 'door' || place.at === 'admitted')
  const comesBack = waits && returns.current
  const isOlder = waits && !comesBack && (place.at === 'door' || !entered.current)
  entered.current ||= place.at === 'admitted' && !apart && !waits
  useEffect(() => {
    if (isOlder) watched.stop()
    if (!comesBack) return
    seat.renew()
    watched.look()
  }, [isOlder, comesBack])
  return isOlder
}

export const OlderPage = ({ me }: { readonly me: Me }) => (
  <Page me={me}>
    <Later load={() => import('../door/elsewhere.tsx')} show={({ WaitsElsewhere }) => <WaitsElsewhere />} />
  </Page>
)
