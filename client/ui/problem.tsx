// What stands in the way, in words, with what to do about it and a code for support.
import type { Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { remedies, todoFor } from '../base/remedies.ts'
import type { Action, Remedy } from '../base/remedy.ts'
import { Heading } from './heading.tsx'
import { PhoneLink } from './phone.tsx'

type Shown = {
  readonly problem: Problem
  readonly me?: Me
  onRetry?(): void
  onList?(): void
}

export function ProblemScreen({ problem, me, onRetry, onList }: Shown) {
  const remedy = remedies[problem.code]
  return (
    <main class="card">
      <Heading>{remedy.title}</Heading>
      <p>{remedy.says}</p>
      <p>{todoFor(remedy, me?.role)}</p>
      <Ways action={remedy.action} me={me} onRetry={onRetry} onList={onList} />
      <SupportCode remedy={remedy} />
    </main>
  )
}

type Way = { action: Action; me: Me | undefined; onRetry: (() => void) | undefined; onList: (() => void) | undefined }

function Ways({ action, me, onRetry, onList }: Way) {
  const retry = onRetry ?? (() => location.reload())
  return (
    <div class="actions">
      {action === 'retry' && (
        <button type="button" class="main" onClick={retry}>
          Try again
        </button>
      )}
      {action === 'list' && onList !== undefined && (
        <button type="button" class="main" onClick={onList}>
          {me?.role !== 'clinician'
            ? 'Back to your visits'
            : me.onePatient
              ? 'Back to the appointments'
              : 'Back to your day'}
        </button>
      )}
      {(action === 'sign-in' || action === 'reopen') && (
        <a class={action === 'sign-in' ? 'button main' : 'button'} href="/launch.html">
          {action === 'sign-in' ? 'Choose your clinic' : 'Or sign in here'}
        </a>
      )}
      {action === 'sign-in' && window.top !== window && (
        <a class="button" href="/launch.html" target="_blank" rel="noopener">
          Open in a window of its own
        </a>
      )}
      {me !== undefined && me.role !== 'clinician' && <PhoneLink phone={me.organisation.phone} />}
    </div>
  )
}

const SupportCode = ({ remedy }: { remedy: Remedy }) => (
  <p class="support">
    Code for support: <strong>{remedy.support}</strong>
  </p>
)

/** The same, short, beside what it is about. */
export function Inline({ problem, me, children }: { problem: Problem; me?: Me; children?: preact.ComponentChildren }) {
  const remedy = remedies[problem.code]
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{remedy.title}.</strong> {remedy.says} {todoFor(remedy, me?.role)}{' '}
        <span class="quiet">({remedy.support})</span>
      </p>
      {children}
    </div>
  )
}
