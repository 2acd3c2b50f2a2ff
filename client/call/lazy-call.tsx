// Brings the call's code when it is wanted, and not before: nobody on a slow phone loads it to read "you are early".
import { useEffect, useState } from 'preact/hooks'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import type { Call, CallProps } from './call.tsx'

/** Starts loading early, for someone who will need it soon, with the script of the Jitsi at `origin`; a failure is tried again when it matters. */
export const fetchCall = async (origin?: string): Promise<typeof Call | undefined> => {
  try {
    const { Call, prepare } = await import('./call.tsx')
    if (origin !== undefined) prepare(origin)
    return Call
  } catch {
    return undefined
  }
}

export function CallPart(props: CallProps) {
  const [state, setState] = useState<{ Loaded: typeof Call } | 'loading' | 'failed'>('loading')
  const load = () => {
    setState('loading')
    void fetchCall().then((Loaded) => setState(Loaded === undefined ? 'failed' : { Loaded }))
  }
  useEffect(load, [])
  if (state === 'loading') return <Wait what="the video call" />
  if (state === 'failed')
    return (
      <Inline problem={{ code: 'offline' }} me={props.me}>
        <button type="button" class="main" onClick={load}>
          Try again
        </button>
      </Inline>
    )
  return <state.Loaded {...props} />
}
