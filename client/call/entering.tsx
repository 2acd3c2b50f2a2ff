// The way into a room in words: on its way, at its own door, lost and coming back by itself, or back.
// Refuses to leave a patient without a number to ring where it takes long.
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { announce } from '../ui/announce.ts'
import { usePatience, Wait } from '../ui/wait.tsx'
import type { MountedProps } from './call-props.ts'
import type { RoomHappening } from './happening.ts'
import { Reopened } from './reopened.tsx'
import type { WayBack } from './way-back.ts'
import { WaysOut } from './way-out.tsx'
import { callWords, lostWords } from './words.ts'

type EnteringProps = Pick<MountedProps, 'me' | 'side' | 'entry' | 'comingBack' | 'why' | 'onAgain'> &
  Pick<RoomHappening, 'progress' | 'blocked'>

export function Entering({ me, side, entry, comingBack, progress, blocked, why, onAgain }: EnteringProps) {
  const again = (words: string, unreachable?: string) => (
    <WaysOut me={me} again={words} onAgain={() => onAgain(unreachable)} />
  )
  if (progress === 'joined') return why === undefined || blocked !== undefined ? null : <Reopened why={why} />
  if (comingBack !== undefined) return <ComingBack lost={comingBack} way={again(callWords.tryNow, entry.origin)} />
  if (progress !== 'lobby') return <Wait says={callWords.room} way={again(callWords.again, entry.origin)} />
  return <Wait key="lobby" says={callWords.lobby[side]} way={again(callWords.knockAgain)} />
}

type ComingBackProps = { readonly lost: NonNullable<WayBack['lost']>; readonly way: JSX.Element }

/** Stands through every room that is tried meanwhile. It is spoken once: rooms come and go with its words unchanged. */
function ComingBack({ lost: { by, since }, way }: ComingBackProps) {
  const patience = usePatience(since)
  const { now, still } = lostWords[by]
  useEffect(() => announce(now), [now])
  return (
    <div class="wait">
      <p>
        <strong>{patience === 'fresh' ? now : still}</strong>
      </p>
      {patience === 'long' && way}
      {patience === 'long' && <p class="support">{callWords.support(lostWords.support)}</p>}
    </div>
  )
}
