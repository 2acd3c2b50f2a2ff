// What happens in one mounted room, by its own events and by what our server hears of the others.
// Refuses to open the camera for whoever only looks on: it listens, and tells.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { InCall } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { useMedia, useMediaAt } from './blocked.tsx'
import type { MountedProps } from './call-props.ts'
import { useEnding } from './ending.ts'
import { type OwnDevices, useOwnDevices } from './own-devices.ts'
import type { People } from './people.ts'
import { type Progress, usePresence } from './presence.ts'
import { type GaveUp, listen, type RoomApi } from './room.ts'
import { useSilence } from './silence.ts'
import type { WayEvent } from './way-back.ts'
import { callWords, reopenedWords } from './words.ts'

export type RoomHappening = ReturnType<typeof useHappening>

/** What happens in the room, by its own events and by what our server hears of the others. */
export function useHappening(
  { me, path, entry, why, quality, looked, staying, onOut, onDue, onHappened, onTakenOut, onComings }: MountedProps,
  people: People,
  opened: OwnDevices,
) {
  const [progress, setProgress] = useState<Progress>('entering')
  const [devices, device] = useOwnDevices(opened, quality.level)
  const [sharing, setSharing] = useState(false)
  const [recording, setRecording] = useState(false)
  const ending = useEnding(onOut)
  // The listener is made once; who is in the visit changes.
  const latest = useRef(onTakenOut)
  latest.current = onTakenOut
  const onElsewhere = () => ending.trouble('elsewhere')
  const mediaAt = useMediaAt()
  const { others, beat } = usePresence({
    ...{ path: `${path}/presence`, entry, progress, people, mediaAt, staying, onDue, onElsewhere },
    notice: quality.notice,
  })
  const { blocked, connected } = useMedia({ joined: progress === 'joined', people, others, mediaAt, beat })
  useAskedAtOnce(people, progress === 'joined' ? looked : undefined, beat)
  useEffect(() => onComings?.(), [others.map(({ at, name }) => `${at} ${name}`).join()])
  useCompany(others, onHappened)
  const answered = useSilence(me, `${path}/room-tokens`, entry)
  // Each word of the room is the way back's too.
  const goes = (to: Progress, what: WayEvent) => {
    setProgress(to)
    onHappened(what)
  }
  const heard = (api: RoomApi) =>
    listen(api, {
      ...wayOf({ entry, why, answered, goes, onHappened }, api),
      left: ending.left,
      trouble: (what) => (what === 'removed' ? ending.removed(beat()) : ending.trouble(what)),
      ...{ device, connected, sharing: setSharing, recording: setRecording },
      takenOut: (who) => people.isOurs(who.id) || latest.current?.(who),
      ...people.listener,
    })
  return { progress, devices, sharing, recording, others, blocked, listen: heard }
}

type OnWay = Pick<MountedProps, 'entry' | 'why' | 'onHappened'> & {
  answered(): void
  goes(to: Progress, what: WayEvent): void
}

/** On the way into the room, and out of it where it gives up. */
const wayOf = ({ entry, why, answered, goes, onHappened }: OnWay, api: RoomApi) => ({
  loaded() {
    answered()
    onHappened('loaded')
  },
  ready: () => onHappened('ready'),
  lobby: () => goes('lobby', 'lobby'),
  joined() {
    goes('joined', 'joined')
    if (entry.call.endToEnd) api.executeCommand('toggleE2EE', true)
    announce(why === undefined ? callWords.joined : reopenedWords[why])
  },
  gone: (by: GaveUp) => goes('gone', { gone: by }),
})

/** Whether somebody else's page is in the call: another room of this page begins with what the one before it knew. */
function useCompany(others: readonly InCall[], onHappened: MountedProps['onHappened']): void {
  const unheard = useRef(others)
  const company = others === unheard.current ? undefined : others.some(({ at }) => at === 'in')
  useEffect(() => {
    if (company !== undefined) onHappened(company ? 'company' : 'alone')
  }, [company])
}

/**
 * Not with the next beat: who knocks at the room's door is let in by what their own page says, who came or went there is said by it too, and what
 * our server says has changed may be news.
 */
function useAskedAtOnce({ knocking, inside }: People, looked: unknown, beat: () => void): void {
  useLayoutEffect(() => void (knocking.length > 0 && beat()), [knocking.length])
  useEffect(() => void (looked !== undefined && beat()), [inside.length])
  useEffect(() => void (looked !== undefined && beat()), [looked])
}
