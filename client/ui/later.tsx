// Brings a part of a page when it is wanted, and says so where it does not come: nobody loads what only some people need.
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Inline } from './problem.tsx'

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
  return part === 'lost' ? <Inline problem={{ code: 'offline' }} /> : show(part)
}
