// The visit in a window of its own: offered in every frame, urged where the frame keeps camera or microphone closed, and what stands
// in the frame meanwhile.
// Refuses to show the call in both: while it is in the window, the frame has it brought back or not at all.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Me, VisitOpened } from '../../server/wire/wire.ts'
import { type PageState, pageState, setPageState } from '../base/page-state.ts'
import { Heading } from '../ui/heading.tsx'
import { Inline } from '../ui/problem.tsx'
import { barred } from './framed.ts'
import { type HandingOver, handOver } from './hand-over.ts'
import type { Placement } from './placement.ts'
import { barred as closedWords, moved, ownWindow } from './words.ts'

/** A patient's page has one subject; a clinician's has a part for the call. */
type As = 'page' | 'part'

export type OwnWindowProps = {
  readonly me: Me
  readonly visit: VisitOpened['visit']
  readonly placement: Placement
  onPlace(next: Placement): void
  readonly as: As
  /** Takes the way to open it, to be offered elsewhere; here it is then only said where the browser or our server did not open it. */
  onOffer?(open: (() => void) | undefined): void
}

type Stage = HandingOver | { readonly at: 'none' | 'opening' | 'closed' }

export function OwnWindow({ me, visit, placement, onPlace, as, onOffer }: OwnWindowProps) {
  const [stage, setStage] = useState<Stage>({ at: 'none' })
  const open = async () => {
    setStage({ at: 'opening' })
    const next = await handOver(me.launch, visit)
    setStage(next)
    if (next.at === 'open') onPlace('moved')
  }
  useClosing(stage, setStage)
  const elsewhere = onOffer !== undefined
  useEffect(() => {
    onOffer?.(() => void open())
    return () => onOffer?.(undefined)
  }, [elsewhere])
  const way = (
    <Way
      me={me}
      stage={stage}
      loud={placement === 'barred' || placement === 'moved'}
      onOpen={() => void open()}
      onGone={() => onPlace('moved')}
    />
  )
  if (placement === 'moved') {
    const back = () => {
      if (stage.at === 'open') {
        closedIn(stage.window)
        stage.window.close()
      }
      // Of a window that this page did not open nothing is known: nobody is heard or seen by surprise.
      else if (stage.at !== 'closed') setPageState({ microphone: 'off', camera: 'off' })
      setStage({ at: 'none' })
      onPlace(barred().length > 0 ? 'barred' : 'well')
    }
    return <Moved as={as} stage={stage} way={way} onBack={back} />
  }
  if (placement === 'barred') return <Barred as={as} way={way} onStay={() => onPlace('staying')} />
  return elsewhere && stage.at !== 'link' && stage.at !== 'refused' ? null : <Offer as={as} way={way} />
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

/** What is closed there is closed here once the call comes back. */
function closedIn(from: Window): void {
  try {
    const { microphone, camera }: PageState = from.history.state ?? {}
    const here = pageState()
    if (microphone !== undefined && microphone !== here.microphone) setPageState({ microphone })
    if (camera !== undefined && camera !== here.camera) setPageState({ camera })
  } catch {
    // It went to another site meanwhile: then nothing is known of it.
  }
}

type WayProps = { me: Me; stage: Stage; loud: boolean; onOpen(): void; onGone(): void }

/** The button; a link where the browser opens no window by itself. */
function Way({ me, stage, loud, onOpen, onGone }: WayProps) {
  if (stage.at === 'link')
    return (
      <>
        <p role="status">{ownWindow.blocked}</p>
        {/* The page it opens has no way back to this one. */}
        <a class="button main" href={stage.url} target="_blank" rel="noopener" onClick={onGone}>
          {ownWindow.open}
        </a>
      </>
    )
  return (
    <>
      {stage.at === 'refused' && <Inline problem={stage.problem} me={me} />}
      <button type="button" class={loud ? 'main' : 'plain'} disabled={stage.at === 'opening'} onClick={onOpen}>
        {stage.at === 'opening' ? ownWindow.opening : ownWindow.open}
      </button>
    </>
  )
}

const Offer = ({ as, way }: { as: As; way: ComponentChildren }) =>
  as === 'page' ? (
    <aside class="own-window" aria-label={ownWindow.label}>
      {way}
    </aside>
  ) : (
    <div class="own-window">{way}</div>
  )

type CardProps = { as: As; title: string; children: ComponentChildren }

const Card = ({ as, title, children }: CardProps) =>
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

type BarredProps = { readonly as: As; readonly way: ComponentChildren; onStay(): void }

function Barred({ as, way, onStay }: BarredProps) {
  const [device, more] = barred()
  // None is known where a camera had to be tried to learn it.
  const closed = device === undefined || more !== undefined ? 'unknown' : device
  return (
    <Card as={as} title={closedWords.title}>
      <p>{closedWords[as][closed]}</p>
      <div class="actions">
        {way}
        <button type="button" class="plain" onClick={onStay}>
          {closedWords.stay}
        </button>
      </div>
    </Card>
  )
}

type MovedProps = { readonly as: As; readonly stage: Stage; readonly way: ComponentChildren; onBack(): void }

function Moved({ as, stage, way, onBack }: MovedProps) {
  const known = stage.at === 'open' || stage.at === 'closed'
  const words = moved[as]
  return (
    <Card as={as} title={stage.at === 'closed' ? words.closed : words.title}>
      <p>{words.here}</p>
      {!known && <p>{words.first}</p>}
      <div class="actions">
        {stage.at !== 'open' && way}
        <button type="button" onClick={onBack}>
          {moved.back}
        </button>
      </div>
    </Card>
  )
}
