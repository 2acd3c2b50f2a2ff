// What is shown about a camera or a microphone that does not open. Loaded only where one does not.
import type { Device } from '../frame/framed.ts'
import { deviceWords } from './device-words.ts'
import type { Cause } from './devices.ts'

/** `alone`: the other one works. */
export type TroubleProps = { readonly device: Device; readonly cause: Cause; readonly alone: boolean }

export function Trouble({ device, cause, alone }: TroubleProps) {
  const { [cause]: advice, without } = deviceWords[device]
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{advice.title}</strong>
      </p>
      <p>{advice.todo}</p>
      {alone && <p>{without}</p>}
    </div>
  )
}
