// Brings the call's code when it is wanted, and not before: nobody on a slow phone loads it to read "you are early".
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { Emergency } from '../ui/emergency.tsx'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import type { CallProps, PatientCallProps } from './call.tsx'
import { loadingWords } from './loading-words.ts'

type Code = typeof import('./call.tsx')

let here: Code | undefined

const fetchCode = async (): Promise<Code | undefined> => {
  here ??= await import('./call.tsx').catch(() => undefined)
  return here
}

/** Starts loading early, for someone who will need it soon, with the script of the Jitsi that has the call; a failure is tried again when it matters. */
export const fetchCall = async (me: Me, heldAt: string | undefined): Promise<void> =>
  (await fetchCode())?.prepare(me, heldAt ?? me.organisation.jitsi)

/** Lets go of what was brought for a call to which nobody comes any more. */
export const letGoOfCall = (): void => here?.cool()

export const LazyCall = (props: CallProps) => <Lazy me={props.me} show={({ Call }) => <Call {...props} />} />

export const LazyPatientCall = (props: PatientCallProps) => (
  <Lazy me={props.me} show={({ PatientCall }) => <PatientCall {...props} />} />
)

type LazyProps = { readonly me: Me; show(code: Code): JSX.Element }

function Lazy({ me, show }: LazyProps) {
  // What was brought before is there at once: no picture is waited for.
  const [code, setCode] = useState<Code | 'loading' | 'failed'>(here ?? 'loading')
  const load = () => {
    setCode('loading')
    void fetchCode().then((code) => setCode(code ?? 'failed'))
  }
  useEffect(() => (code === 'loading' ? load() : undefined), [])
  if (code === 'loading') return <Wait says={loadingWords.wait} />
  if (code === 'failed')
    return (
      <Inline problem={{ code: 'offline' }} me={me}>
        <button type="button" class="main" onClick={load}>
          {loadingWords.again}
        </button>
        {me.role !== 'clinician' && <Emergency of={me.organisation} />}
      </Inline>
    )
  return show(code)
}
