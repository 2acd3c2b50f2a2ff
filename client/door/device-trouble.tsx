// What is shown about a camera or a microphone that does not open. Its words come once one does not: nobody whose camera works loads them.
import { useEffect, useState } from 'preact/hooks'
import type { Device } from '../frame/framed.ts'
import { Inline } from '../ui/problem.tsx'
import type { deviceWords } from './device-words.ts'
import type { Cause } from './devices.ts'

/** `alone`: the other one works. */
type DeviceTroubleProps = { readonly device: Device; readonly cause: Cause; readonly alone: boolean }

export function DeviceTrouble({ device, cause, alone }: DeviceTroubleProps) {
  const [words, setWords] = useState<typeof deviceWords | 'loading' | 'failed'>('loading')
  useEffect(() => {
    import('./device-words.ts').then(
      (loaded) => setWords(loaded.deviceWords),
      () => setWords('failed'),
    )
  }, [])
  if (words === 'loading') return null
  if (words === 'failed') return <Inline problem={{ code: 'offline' }} />
  const { [cause]: advice, without } = words[device]
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
