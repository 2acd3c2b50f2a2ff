// What stands in the way, in words, with what to do about it and a code for support.
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { todoFor, useRemedy } from '../base/remedies.ts'
import type { Action, Remedy } from '../base/remedy.ts'
import { ClinicHere } from './clinic-here.tsx'
import { Details } from './details.tsx'
import { Heading } from './heading.tsx'
import { Languages } from './languages.tsx'
import { PhoneLink } from './phone.tsx'
import { keepInSight } from './pressed.ts'
import { problem as words } from './words.ts'

type ProblemScreenProps = {
  readonly problem: Problem
  readonly me?: Me
  onRetry?(): void
  onList?(): void
  /** What the way back is called; to a patient's visits unless told otherwise. */
  readonly listWords?: string
}

export function ProblemScreen({ problem, ...ways }: ProblemScreenProps) {
  const remedy = useRemedy(problem.code)
  if (remedy === undefined) return null
  return (
    <main class="card" key={remedy.support}>
      <Heading>{remedy.title}</Heading>
      <p>{remedy.says}</p>
      {problem.seconds !== undefined && <p>{words.wait(problem.seconds)}</p>}
      <p>{todoFor(remedy, ways.me?.role)}</p>
      <Ways action={remedy.action} {...ways} />
      {ways.me === undefined && <ClinicHere />}
      <p class="support">{words.support(<strong>{remedy.support}</strong>)}</p>
      <Request remedy={remedy} problem={problem} />
      {ways.me === undefined && <Languages />}
    </main>
  )
}

type WaysProps = Omit<ProblemScreenProps, 'problem'> & { readonly action: Action }

function Ways({ action, me, onRetry, onList, listWords = words.back }: WaysProps) {
  const retry = onRetry ?? (() => location.reload())
  return (
    <div class="actions">
      {action === 'retry' && (
        <button type="button" class="main" onClick={retry}>
          {words.again}
        </button>
      )}
      {action === 'list' && onList !== undefined && (
        <button type="button" class="main" onClick={onList}>
          {listWords}
        </button>
      )}
      {(action === 'sign-in' || action === 'reopen' || (action === 'list' && me === undefined)) && (
        <a class={action === 'sign-in' ? 'button main' : 'button'} href="/launch.html">
          {action === 'sign-in' ? words.choose : words.signIn}
        </a>
      )}
      {action === 'sign-in' && window.top !== window && (
        <a class="button" href="/launch.html" target="_blank" rel="noopener">
          {words.apart}
        </a>
      )}
      {me !== undefined && me.role !== 'clinician' && <PhoneLink phone={me.organisation.phone} />}
    </div>
  )
}

/** What is read out on the telephone of a fault of ours: also the number by which it is found in the log. */
const Request = ({ remedy: { support }, problem: { requestId } }: { remedy: Remedy; problem: Problem }) =>
  requestId === undefined ? null : <Details>{words.request(`${support}-${requestId}`)}</Details>

/** The same, short, beside what it is about. */
export function Inline({ problem, me, children }: { problem: Problem; me?: Me; children?: preact.ComponentChildren }) {
  const remedy = useRemedy(problem.code)
  const said = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => keepInSight(said.current), [remedy])
  if (remedy === undefined) return null
  return (
    <div class="trouble" role="alert" ref={said}>
      <p>
        <strong>{words.headline(remedy.title)}</strong> {remedy.says}{' '}
        {problem.seconds !== undefined && `${words.wait(problem.seconds)} `}
        {todoFor(remedy, me?.role)} <span class="quiet">{words.support(remedy.support)}</span>
      </p>
      <Request remedy={remedy} problem={problem} />
      {children}
    </div>
  )
}
