// The door while the call runs: a chip in the call's bar, and a sheet over the picture while somebody waits or the chip was pressed.
// Refuses to change the size of the picture when somebody comes: what is under a finger stays there.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { doorWords } from './clinician-words.ts'
import { mustBeLet } from './tried.tsx'

export type DoorSheet = { readonly open: boolean; toggle(): void }

const chipId = 'door-chip'

/** Opens by itself for each who comes to wait, came and is stuck at the check, or tried to while it was locked, and closes when nobody waits any more. */
export function useDoorSheet(view: ClinicianView): DoorSheet {
  const { door, stuck = [], tried = [] } = view
  const waiting = door.flatMap((one) => (one.state === 'waiting' ? [`${one.doorId} ${one.knockedAt}`] : []))
  const news = [
    ...waiting,
    ...stuck.map(({ name, hindrance }) => `${name} ${hindrance.since}`),
    ...tried.filter((one) => mustBeLet(view, one)).map(({ doorId }) => doorId),
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
  useEffect(() => {
    if (wasOpen.current && !open && isLost(document.activeElement)) document.getElementById(chipId)?.focus()
    wasOpen.current = open
  }, [open])
  return { open, toggle: () => setOpen(!open) }
}

/** Whoever reads by keyboard was in the door when it closed. */
const isLost = (focused: Element | null) => focused === document.body || focused?.closest('.part.door[hidden]') !== null

type DoorChipProps = { readonly view: ClinicianView; readonly sheet: DoorSheet }

export function DoorChip({ view: { door, locked }, sheet }: DoorChipProps) {
  const waiting = door.filter(({ state }) => state === 'waiting').length
  return (
    <button
      type="button"
      id={chipId}
      class="door-chip"
      aria-expanded={sheet.open}
      aria-controls="part-door"
      onClick={sheet.toggle}
    >
      {locked === true ? doorWords.lockedChip : doorWords.title}
      {waiting > 0 && (
        <span class="bubble">
          <span aria-hidden="true">{waiting}</span>
          <span class="unseen">{doorWords.chip(waiting)}</span>
        </span>
      )}
    </button>
  )
}
