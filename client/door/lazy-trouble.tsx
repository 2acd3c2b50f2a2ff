// Brings what to say about a device that does not open, once one does not: nobody whose camera works loads it.
import { useEffect, useState } from 'preact/hooks'
import { Inline } from '../ui/problem.tsx'
import type { Trouble, TroubleProps } from './trouble.tsx'

export function DeviceTrouble(props: TroubleProps) {
  const [state, setState] = useState<{ Loaded: typeof Trouble } | 'loading' | 'failed'>('loading')
  useEffect(() => {
    import('./trouble.tsx').then(
      ({ Trouble }) => setState({ Loaded: Trouble }),
      () => setState('failed'),
    )
  }, [])
  if (state === 'loading') return null
  return state === 'failed' ? <Inline problem={{ code: 'offline' }} /> : <state.Loaded {...props} />
}
