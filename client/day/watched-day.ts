// The clinician's day as it is looked at, on its own page and as a sheet over a visit.
import type { AppointmentList, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { useWatch } from '../base/live.ts'
import { apiPath } from '../base/route.ts'

/** That the health record system says nothing, beside what is known without it. */
function silence({ asRead }: AppointmentList): Problem | undefined {
  if (asRead === undefined) return undefined
  const { code, retryAfter: seconds } = asRead
  return seconds === undefined ? { code } : { code, seconds }
}

/** `lost`: why it is not shown, or may be old. */
export function useWatchedDay(me: Me) {
  const watched = useWatch<AppointmentList>({
    path: apiPath(me.launch, 'appointments'),
    events: apiPath(me.launch, 'events'),
  })
  const seen = watched.seen.value
  const lost =
    seen.at === 'refused' ? seen.problem : seen.at === 'shown' ? (seen.trouble ?? silence(seen.value)) : undefined
  return { seen, lost, look: watched.look }
}
