// The room's recorder follows what people agreed to: a word against it stops it, and is said again until the room has stopped.
// Refuses to leave the room, or to change the entry, before the recording has stopped: nobody could stop it any more.
import { useEffect } from 'preact/hooks'
import type { RoomToken } from '../../server/wire/wire.ts'
import { useRepeated } from '../ui/repeated.ts'
import type { RoomApi } from './room.ts'
import type { Why } from './watchdog.ts'

/** `barred`: this page's entry does not let it start. `running` whoever began it, and whatever the entry says. */
export type RecorderState = 'barred' | 'ready' | 'running'

type Recording = {
  readonly entry: RoomToken
  /** Whether everyone has agreed to be recorded; absent where nobody is to record from here. */
  readonly mayRecord?: boolean | undefined
  onRecorder?(recorder: RecorderState | undefined): void
  onDue(why: Why): void
}

const againMs = 3_000
const renewMs = 10_000

export function useRecorder(recording: Recording, room: RoomApi | undefined, joined: boolean, running: boolean): void {
  const { entry, mayRecord, onRecorder, onDue } = recording
  const allowed = entry.call.recording
  const recorder = running ? 'running' : allowed ? 'ready' : 'barred'
  useEffect(() => {
    onRecorder?.(joined ? recorder : undefined)
    return () => onRecorder?.(undefined)
  }, [recorder, joined])
  const mustStop = joined && running && mayRecord === false
  useRepeated(mustStop && room !== undefined, againMs, () => room?.executeCommand('stopRecording', 'file'))
  useRepeated(joined && !mustStop && mayRecord === !allowed, renewMs, () => onDue('word'))
}
