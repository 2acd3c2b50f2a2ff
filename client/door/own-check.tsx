// A clinician's own look at camera, microphone and loudspeaker, before a call: what she chooses here the call opens with. Comes at a press.
// Refuses to keep a camera open that nobody looks at.
import { useEffect, useState } from 'preact/hooks'
import { keepPicked, type Picked, pageState } from '../base/page-state.ts'
import { useGone } from '../ui/gone.ts'
import { close, type Found, isLasting, openDevices } from './devices.ts'
import { Findings, SpeakerTest } from './findings.tsx'
import { ownCheckWords as words } from './own-check-words.ts'
import { checkWords } from './words.ts'

type Opened = { readonly found: Found; readonly picked: Picked }

export function OwnCheck({ onDone }: { onDone(): void }) {
  const { opened, open } = useOpened()
  if (opened === undefined) return <p role="status">{checkWords.starting}</p>
  const { found, picked } = opened
  const isWhole = typeof found.camera !== 'string' && typeof found.microphone !== 'string'
  return (
    <div class="own-check">
      <Findings found={found} picked={picked} onPick={open} mayLack={false} />
      <SpeakerTest found={found} good={words.heard} />
      <div class="actions">
        {!isWhole && !isLasting(found) && (
          <button type="button" onClick={() => open(picked)}>
            {checkWords.retry}
          </button>
        )}
        <button type="button" onClick={onDone}>
          {words.done}
        </button>
      </div>
    </div>
  )
}

/** They go dark with this part of the page. */
function useOpened() {
  const [opened, setOpened] = useState<Opened>()
  const gone = useGone()
  const open = (picked: Picked) => {
    keepPicked(picked)
    if (opened !== undefined) close(opened.found)
    void openDevices(picked).then((found) => (gone.current ? close(found) : setOpened({ found, picked })))
  }
  useEffect(() => open(pageState().picked ?? {}), [])
  // Of two that were picked in a row the first goes dark when the second is there.
  useEffect(() => () => (opened === undefined ? undefined : close(opened.found)), [opened])
  return { opened, open }
}
