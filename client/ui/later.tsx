// Brings a part of a page when it is wanted, and says so where it does not come: nobody loads what only some people need.
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Inline } from './problem.tsx'
import { wait } from './words.ts'

type LaterProps<Part> = {
  load(): Promise<Part>
  show(part: Part): JSX.Element
}

/** Shows nothing until it has come. */
export function Later<Part extends object>({ load, show }: LaterProps<Part>) {
  const [part, setPart] = useState<Part | 'coming' | 'lost'>('coming')
  useEffect(() => {
    load().then(setPart, () => setPart('lost'))
  }, [])
  if (part === 'coming') return null
  return part === 'lost' ? <Lost /> : show(part)
}

/** It may be a part of a page that is no more: an update of ours meanwhile, which a page that is loaded again has. */
const Lost = () => (
  <Inline problem={{ code: 'offline' }}>
    <button type="button" onClick={() => location.reload()}>
      {wait.again}
    </button>
  </Inline>
)
