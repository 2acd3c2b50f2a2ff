// The door while the call runs: a chip in the call's bar, and a sheet over the picture while somebody waits or the chip was pressed.
// Refuses to change the size of the picture when somebody comes: what is under a finger stays there.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { isFocusLost } from '../ui/lost-focus.ts'
import { doorWords } from './clinician-words.ts'
import { toBeRung } from './stuck.tsx'
import { mustBeLet, shutOut } from './tried.tsx'
import { waitsNow } from './waits.ts'

export type DoorSheet = { readonly open: boolean; toggle(): void }

const chipId = 'door-chip'

/** Opens by itself for each who comes to wait, came and is stuck at the check, or tried to while it was locked, and closes when nobody waits any more. */
export function useDoorSheet(view: ClinicianView): DoorSheet {
  const { door, stuck = [], tried = [], withdrew = [] } = view
  const waiting = door.flatMap((one) => (one.state === 'waiting' ? [`${one.doorId} ${one.knockedAt}`] : []))
  const news = [
    ...waiting,
    ...stuck.map(({ name, hindrance }) => `${name} ${hindrance.since}`),
    ...tried.filter((one) => mustBeLet(view, one)).map(({ doorId }) => doorId),
    ...withdrew.map(({ at }) => at),
  ]
  const [open, setOpen] = useState(waiting.length > 0)
  const known = useRef({ news, waits: waiting.length > 0 })
  useEffect(() => {
    const before = known.current
    known.current = { news, waits: waiting.length > 0 }
    if (news.some((one) => !before.news.includes(one))) setOpen(true)
    else if (waiting.length === 0 && before.waits) setOpen(false)
  }, [news.join()])
  const wasOpen = useRef(open)
  useLayoutEffect(() => {
    // Whoever reads by keyboard was in the door when it closed.
    if (wasOpen.current && !open && isFocusLost()) document.getElementById(chipId)?.focus()
    wasOpen.current = open
  }, [open])
  return { open, toggle: () => setOpen(!open) }
}

type DoorChipProps = { readonly view: ClinicianView; readonly sheet: DoorSheet }

export function DoorChip({ view, sheet }: DoorChipProps) {
  return (
    <button
      type="button"
      id={chipId}
      class="door-chip"
      aria-expanded={sheet.open}
      aria-controls="part-door"
      onClick={sheet.toggle}
    >
      {view.locked === true ? doorWords.lockedChip : doorWords.title}
      <AtTheDoor view={view} />
    </button>
  )
}

/** How many are to be seen to: who waits, who asks to be rung, and who tried to come in and must be let. */
export const toBeSeenTo = (view: ClinicianView) => ({
  waiting: view.door.filter(waitsNow).length,
  asks: toBeRung(view).length,
  tried: shutOut(view),
})

export function AtTheDoor({ view }: { readonly view: ClinicianView }) {
  const { waiting, asks, tried } = toBeSeenTo(view)
  if (waiting + asks + tried === 0) return null
  const said = [
    waiting > 0 ? doorWords.chip(waiting) : [],
    asks > 0 ? doorWords.asksChip(asks) : [],
    tried > 0 ? doorWords.triedChip(tried) : [],
  ].flat()
  return (
    <span class="bubble">
      <span aria-hidden="true">{waiting + asks + tried}</span>
      <span class="unseen">{said.join(', ')}</span>
    </span>
  )
}
