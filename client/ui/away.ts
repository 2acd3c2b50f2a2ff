// Of somebody who waits and is not there: what every screen of a clinician says of it, by the clock too, since a view may be a minute old.
import type { DoorPerson, Instant } from '../../server/wire/wire.ts'
import { awayAtDoorWords } from './clinician-words.ts'
import { clock, now } from './clock.ts'

type NotThere = Pick<DoorPerson, 'away' | 'leftAt'>

/** Undefined where nothing is known of when they were heard of. */
export function notThereWords({ away, leftAt }: NotThere, timeZone: string): string | undefined {
  const at = (time: Instant) => clock(time, timeZone)
  if (leftAt !== undefined) return awayAtDoorWords.gone(at(leftAt))
  if (away === undefined) return undefined
  if (away.said) return awayAtDoorWords.said(at(away.since), at(away.until))
  return hasPlace({ away })
    ? awayAtDoorWords.silent(at(away.since), at(away.until))
    : awayAtDoorWords.gone(at(away.since))
}

/** Whether the place of somebody who waits and is not there is kept. */
export const hasPlace = ({ away }: NotThere): boolean => away !== undefined && now.value < Date.parse(away.until)
