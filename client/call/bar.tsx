// The clinician's bar under the call: how it stands on the left, what is done with it on the right, one control for each thing.
// Refuses to open somebody's microphone: a room can only close it. Its buttons keep their places whatever comes and goes.

import type { ComponentChildren } from 'preact'
import type { Instant, Me } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { clock, now as time } from '../ui/clock.ts'
import { MoreChoices } from '../ui/more.tsx'
import { Steady } from '../ui/steady.tsx'
import { spanShort } from '../ui/times.ts'
import { barWords, moreWords } from './bar-words.ts'
import type { CallNow } from './call-now.ts'
import { Icon } from './icons.tsx'
import { whoIsHereSentences } from './who-is-here.ts'
import { callWords, hintWords, qualityWords } from './words.ts'

/** The size of the call beside the note; absent where both do not fit beside each other. */
export type Small = { readonly on: boolean; toggle(): void }

type BarProps = {
  readonly me: Me
  /** Absent while this page has no room. */
  readonly now: CallNow | undefined
  /** Since when the visit has been under way. */
  readonly since: Instant | undefined
  /** The door's chip, and whose visit it is: what comes first. */
  readonly children: ComponentChildren
  /** Further choices behind the last button but one; each closes it. */
  readonly choices: (close: () => void) => ComponentChildren
  readonly small: Small | undefined
}

export function Bar({ me, now, since, children, choices, small }: BarProps) {
  return (
    <fieldset class="bar" aria-label={barWords.title}>
      <div class="bar-says">
        {children}
        <State {...{ me, now, since }} />
      </div>
      <div class="bar-do">
        <Microphone now={now} />
        <Camera now={now} />
        <MoreChoices words={barWords.more} icon={<Icon of="more" />}>
          {(close) => (
            <>
              <Quiet now={now} close={close} />
              {choices(close)}
              <Layout now={now} small={small} close={close} />
            </>
          )}
        </MoreChoices>
        <button
          type="button"
          class="leave"
          aria-label={barWords.leaveNamed}
          title={barWords.leaveNamed}
          disabled={now?.joined !== true}
          onClick={() => now?.room?.executeCommand('hangup')}
        >
          <Icon of="leave" />
          <span>{barWords.leave}</span>
        </button>
      </div>
    </fieldset>
  )
}

type NowProps = Pick<BarProps, 'now'>

function State({ me, now, since }: Pick<BarProps, 'me' | 'now' | 'since'>) {
  if (now?.joined !== true)
    return (
      <div class="bar-state">
        <p>{now === undefined ? barWords.notIn : now.lost ? barWords.lost : barWords.entering}</p>
      </div>
    )
  const { microphone, camera } = now.devices
  return (
    <div class="bar-state">
      {now.recording && (
        <p role="status" class="recorded">
          {callWords.recorded}
        </p>
      )}
      <p role="status">{whoIsHereSentences(now.whoIsHere, (at) => clock(at, me.organisation.timeZone))}</p>
      {/* Not spoken: it would be, each minute. */}
      {since !== undefined && <p class="quiet">{barWords.lasted(spanShort(Date.parse(since), time.value))}</p>}
      {microphone === 'off' && <p role="status">{hintWords.microphoneOff}</p>}
      {camera === 'off' && now.level !== 'sound' && <p role="status">{hintWords.cameraOff}</p>}
      {now.level === 'sound' && !now.blocked && <p role="status">{qualityWords.paused}</p>}
      {now.sharing && <p role="status">{barWords.sharing}</p>}
    </div>
  )
}

type DeviceProps = NowProps & {
  readonly of: 'microphone' | 'camera'
  readonly on: boolean
  readonly named: string
  readonly shown: string
  onPress(): void
}

function Device({ now, of, on, named, shown, onPress }: DeviceProps) {
  return (
    <Steady does={named} aria-label={named} title={named} disabled={now?.joined !== true} onPress={onPress}>
      <Icon of={of} off={!on} />
      <span>{shown}</span>
    </Steady>
  )
}

function Microphone({ now }: NowProps) {
  const on = now?.devices.microphone === 'on'
  const [named, shown] = on ? [barWords.muteNamed, barWords.mute] : [barWords.unmuteNamed, barWords.unmute]
  return (
    <Device of="microphone" {...{ now, on, named, shown }} onPress={() => now?.room?.executeCommand('toggleAudio')} />
  )
}

/** While the line carries no picture it brings that back: a camera that is switched on then would be seen by nobody. */
function Camera({ now }: NowProps) {
  const paused = now?.level === 'sound'
  const on = now?.devices.camera === 'on' && !paused
  const [named, shown] = paused
    ? [barWords.bringPicture, barWords.bringPicture]
    : on
      ? [barWords.stopCameraNamed, barWords.stopCamera]
      : [barWords.startCameraNamed, barWords.startCamera]
  const press = () => (paused ? now.bringPicture() : now?.room?.executeCommand('toggleVideo'))
  return <Device of="camera" {...{ now, on, named, shown }} onPress={press} />
}

type ChoiceProps = NowProps & { close(): void }

/** Grows upwards: who comes in moves nothing below. */
function Quiet({ now, close }: ChoiceProps) {
  const { room, inside = [] } = now ?? {}
  const quiet = (said: string, act: () => void) => () => {
    act()
    announce(said)
    close()
  }
  const { mute, muted, muteEveryone, everyoneMuted } = moreWords
  return (
    <>
      {inside.length > 1 &&
        inside.map(({ id, name }) => (
          <button
            type="button"
            key={id}
            onClick={quiet(muted(name), () => room?.executeCommand('muteRemoteParticipant', id, 'audio'))}
          >
            {mute(name)}
          </button>
        ))}
      <button
        type="button"
        disabled={inside.length === 0}
        onClick={quiet(everyoneMuted, () => room?.executeCommand('muteEveryone', 'audio'))}
      >
        {muteEveryone}
      </button>
    </>
  )
}

function Layout({ now, small, close }: ChoiceProps & Pick<BarProps, 'small'>) {
  const then = (act: () => void) => () => {
    close()
    act()
  }
  return (
    <>
      {small !== undefined && (
        <button type="button" onClick={then(small.toggle)}>
          {small.on ? moreWords.large : moreWords.small}
        </button>
      )}
      <button type="button" disabled={now?.joined !== true} onClick={then(() => now?.reconnect())}>
        {moreWords.reconnect}
      </button>
    </>
  )
}
