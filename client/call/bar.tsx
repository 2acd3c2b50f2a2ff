// The clinician's bar under the call: how it stands on the left, what is done with it on the right, one control for each thing.
// Refuses to open somebody's microphone: a room can only close it. Its buttons keep their places whatever comes and goes.
import type { ComponentChildren } from 'preact'
import type { Me } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { MoreChoices } from '../ui/more.tsx'
import { Steady } from '../ui/steady.tsx'
import { clock } from '../ui/times.ts'
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
  /** The door's chip, and whose visit it is: what comes first. */
  readonly children: ComponentChildren
  /** Further choices behind the last button but one; each closes it. */
  readonly choices: (close: () => void) => ComponentChildren
  readonly small: Small | undefined
}

export function Bar({ me, now, children, choices, small }: BarProps) {
  return (
    <fieldset class="bar" aria-label={barWords.title}>
      <div class="bar-says">
        {children}
        <State me={me} now={now} />
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

function State({ me, now }: Pick<BarProps, 'me' | 'now'>) {
  if (now?.joined !== true)
    return (
      <div class="bar-state">
        <p>{now === undefined ? barWords.notIn : barWords.entering}</p>
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
      {microphone === 'off' && <p role="status">{hintWords.microphoneOff}</p>}
      {camera === 'off' && now.level !== 'sound' && <p role="status">{hintWords.cameraOff}</p>}
      {now.level === 'sound' && <p role="status">{qualityWords.paused}</p>}
      {now.sharing && <p role="status">{barWords.sharing}</p>}
    </div>
  )
}

function Microphone({ now }: NowProps) {
  const on = now?.devices.microphone === 'on'
  const named = on ? barWords.muteNamed : barWords.unmuteNamed
  return (
    <Steady
      does={named}
      aria-label={named}
      title={named}
      disabled={now?.joined !== true}
      onPress={() => now?.room?.executeCommand('toggleAudio')}
    >
      <Icon of="microphone" off={!on} />
      <span>{on ? barWords.mute : barWords.unmute}</span>
    </Steady>
  )
}

/** While the line carries no picture it brings that back: a camera that is switched on then would be seen by nobody. */
function Camera({ now }: NowProps) {
  const paused = now?.level === 'sound'
  const on = now?.devices.camera === 'on' && !paused
  const named = paused ? barWords.bringPicture : on ? barWords.stopCameraNamed : barWords.startCameraNamed
  return (
    <Steady
      does={named}
      aria-label={named}
      title={named}
      disabled={now?.joined !== true}
      onPress={() => (paused ? now.bringPicture() : now?.room?.executeCommand('toggleVideo'))}
    >
      <Icon of="camera" off={!on} />
      <span>{paused ? barWords.bringPicture : on ? barWords.stopCamera : barWords.startCamera}</span>
    </Steady>
  )
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
