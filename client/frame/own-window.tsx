// The visit in a window of its own: offered in every frame, urged where the frame keeps camera or microphone closed, and what stands
// in the frame meanwhile.
// Refuses to show the call in both: while it is in the window, the frame has it brought back or not at all.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Me, VisitOpened } from '../../server/wire/wire.ts'
import { type Kept, keep, kept } from '../base/page-state.ts'
import { Heading } from '../ui/heading.tsx'
import { Inline } from '../ui/problem.tsx'
import { barred, type Device } from './framed.ts'
import { type HandingOver, handOver } from './hand-over.ts'
import type { Standing } from './placement.ts'

export type OwnWindowProps = {
  readonly me: Me
  readonly visit: VisitOpened['visit']
  readonly standing: Standing
  onStand(next: Standing): void
  /** A patient's page has one subject; a clinician's has a part for the call. */
  readonly as: 'page' | 'part'
}

type Stage = HandingOver | { readonly at: 'none' | 'opening' | 'closed' }

export function OwnWindow({ me, visit, standing, onStand, as }: OwnWindowProps) {
  const [stage, setStage] = useState<Stage>({ at: 'none' })
  const open = async () => {
    setStage({ at: 'opening' })
    const next = await handOver(me.launch, visit)
    setStage(next)
    if (next.at === 'open') onStand('moved')
  }
  useClosing(stage, setStage)
  const way = (
    <Way
      me={me}
      stage={stage}
      loud={standing === 'barred' || standing === 'moved'}
      onOpen={() => void open()}
      onGone={() => onStand('moved')}
    />
  )
  if (standing === 'moved') {
    const back = () => {
      if (stage.at === 'open') {
        closedIn(stage.window)
        stage.window.close()
      }
      // Of a window that this page did not open nothing is known: nobody is heard or seen by surprise.
      else if (stage.at !== 'closed') keep({ microphone: 'off', camera: 'off' })
      setStage({ at: 'none' })
      onStand(barred().length > 0 ? 'barred' : 'well')
    }
    return <Moved as={as} stage={stage} way={way} onBack={back} />
  }
  if (standing === 'barred') return <Barred as={as} way={way} onStay={() => onStand('staying')} />
  return <Offer as={as} way={way} />
}

/** Sees when the window was closed, and when the link to one is no longer good. */
function useClosing(stage: Stage, setStage: (next: Stage) => void): void {
  useEffect(() => {
    if (stage.at !== 'open' && stage.at !== 'link') return
    const late = Date.now() + 55_000
    const timer = setInterval(() => {
      if (stage.at === 'open' && stage.window.closed) setStage({ at: 'closed' })
      else if (stage.at === 'open') closedIn(stage.window)
      if (stage.at === 'link' && Date.now() > late) setStage({ at: 'none' })
    }, 1_000)
    return () => clearInterval(timer)
  }, [stage])
}

const words = 'Open the visit in its own window'

/** What is closed there is closed here once the call comes back. */
function closedIn(from: Window): void {
  try {
    const { microphone, camera }: Kept = from.history.state ?? {}
    const here = kept()
    if (microphone !== undefined && microphone !== here.microphone) keep({ microphone })
    if (camera !== undefined && camera !== here.camera) keep({ camera })
  } catch {
    // It went to another site meanwhile: then nothing is known of it.
  }
}

type Opening = { me: Me; stage: Stage; loud: boolean; onOpen(): void; onGone(): void }

/** The button; a link where the browser opens no window by itself. */
function Way({ me, stage, loud, onOpen, onGone }: Opening) {
  if (stage.at === 'link')
    return (
      <>
        <p role="status">Your browser did not open a window. Press this within a minute:</p>
        {/* The page it opens has no way back to this one. */}
        <a class="button main" href={stage.url} target="_blank" rel="noopener" onClick={onGone}>
          {words}
        </a>
      </>
    )
  return (
    <>
      {stage.at === 'refused' && <Inline problem={stage.problem} me={me} />}
      <button type="button" class={loud ? 'main' : 'plain'} disabled={stage.at === 'opening'} onClick={onOpen}>
        {stage.at === 'opening' ? 'Opening…' : words}
      </button>
    </>
  )
}

const Offer = ({ as, way }: { as: 'page' | 'part'; way: ComponentChildren }) =>
  as === 'page' ? (
    <aside class="own-window" aria-label="Its own window">
      {way}
    </aside>
  ) : (
    <div class="own-window">{way}</div>
  )

type Said = { as: 'page' | 'part'; title: string; children: ComponentChildren }

const Card = ({ as, title, children }: Said) =>
  as === 'page' ? (
    <main class="card">
      <Heading>{title}</Heading>
      {children}
    </main>
  ) : (
    <div class="call-out">
      <h2>{title}</h2>
      {children}
    </div>
  )

function Barred({ as, way, onStay }: { as: 'page' | 'part'; way: ComponentChildren; onStay(): void }) {
  const closed = barred()
  return (
    <Card as={as} title="The call needs a window of its own">
      <p>
        This window of your {as === 'page' ? 'portal' : 'health record system'} does not allow {devices(closed)}. Open
        the visit in a window of its own: you are signed in there, at the same place.
      </p>
      <div class="actions">
        {way}
        <button type="button" class="plain" onClick={onStay}>
          Go on here all the same
        </button>
      </div>
    </Card>
  )
}

/** None is known where a camera had to be tried to learn it. */
const devices = (closed: readonly Device[]): string =>
  closed.length === 1 ? `the ${closed[0]}` : 'the camera or the microphone'

type Away = { as: 'page' | 'part'; stage: Stage; way: ComponentChildren; onBack(): void }

function Moved({ as, stage, way, onBack }: Away) {
  const known = stage.at === 'open' || stage.at === 'closed'
  const what = as === 'page' ? 'visit' : 'call'
  return (
    <Card
      as={as}
      title={stage.at === 'closed' ? `The window of the ${what} was closed` : `The ${what} is in its own window`}
    >
      <p>
        {as === 'page'
          ? 'You keep your place. You can leave this page open.'
          : 'Your note stays here, and the door too.'}
      </p>
      {!known && <p>Close that window before you bring the {what} back.</p>}
      <div class="actions">
        {stage.at !== 'open' && way}
        <button type="button" onClick={onBack}>
          Bring it back here
        </button>
      </div>
    </Card>
  )
}
