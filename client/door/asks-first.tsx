// A press by which somebody who waits would lose their place: it asks first.
import { useState } from 'preact/hooks'
import { Later } from '../ui/later.tsx'
import type { AskedFirstProps } from '../ui/sign-out.tsx'

type AsksFirstProps = Pick<AskedFirstProps, 'at' | 'leave'> & { readonly says: string; readonly class?: string }

export function AsksFirst({ at, leave, says, class: of = 'plain' }: AsksFirstProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button type="button" class={of} onClick={() => setAsking(true)}>
        {says}
      </button>
      {asking && (
        <Later
          load={() => import('../ui/sign-out.tsx')}
          show={({ AskedFirst }) => <AskedFirst at={at} leave={leave} onClose={() => setAsking(false)} />}
        />
      )}
    </>
  )
}
