// The clinician's day as a sheet over a visit: looking at it hangs nothing up and moves nothing. Another visit that is opened from it is asked
// about first where a call would be left.
import { useState } from 'preact/hooks'
import type { AppointmentItem, Me, VisitOpened } from '../../server/wire/wire.ts'
import { passing } from '../base/api.ts'
import { besideFrame, visitPath } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { day as dayOf } from '../ui/times.ts'
import { Wait } from '../ui/wait.tsx'
import { DayList } from './day-list.tsx'
import { DayLost } from './day-lost.tsx'
import type { OpenItem } from './day-row.tsx'
import { day as words } from './day-words.ts'
import { anywayFor, askToOpen, useOpening } from './opening.ts'
import { sheetWords } from './sheet-words.ts'
import { useWatchedDay } from './watched-day.ts'

type DaySheetProps = {
  readonly me: Me
  /** The visit it lies over. */
  readonly here: VisitOpened['visit']
  /** Whose call would be left; absent where none is. */
  readonly leaving: string | undefined
  onClose(): void
}

export function DaySheet({ me, here, leaving, onClose }: DaySheetProps) {
  const { seen, lost, look } = useWatchedDay(me)
  const { stuck, blocked, asked, onOpen, ways } = useWays(me, leaving !== undefined, look)
  return (
    <Dialog title={words.today(dayOf(now.value, me.organisation.timeZone))} of="day-sheet" onClose={onClose}>
      <form method="dialog" class="day-close">
        <button type="submit">{words.close}</button>
      </form>
      {blocked && (
        <p class="trouble" role="alert">
          {sheetWords.blocked}
        </p>
      )}
      {lost !== undefined && (
        <DayLost {...{ me, lost }} list={seen.at === 'shown' ? seen.value : undefined} onLook={look} />
      )}
      {seen.at === 'shown' && (lost === undefined || passing(lost)) && (
        <DayList {...{ me, list: seen.value, here, stuck, onOpen }} onLook={look} />
      )}
      {seen.at === 'looking' && <Wait says={words.waiting} />}
      {asked !== undefined && leaving !== undefined && <Leaving {...{ leaving, asked, ...ways(asked) }} />}
    </Dialog>
  )
}

/** How another visit is opened: at once, or where a call would be left by the way that is chosen. */
function useWays(me: Me, inCall: boolean, onStuck: () => void) {
  const { stuck, open, refused } = useOpening(me, onStuck)
  const [asked, setAsked] = useState<Asked>()
  const [blocked, setBlocked] = useState(false)
  const onOpen: OpenItem = async (item, anyway) =>
    inCall ? setAsked({ item, ...(anyway && { anyway }) }) : open(item, anyway)
  const apart = async ({ item, anyway }: Asked) => {
    // Before anything is awaited: browsers let a window open only while something is pressed.
    const opened = window.open('about:blank', '_blank')
    setBlocked(opened === null)
    if (opened === null) return
    const answer = await askToOpen(me, item.id, anywayFor(item.state, anyway))
    if (answer.ok) return opened.location.replace(visitPath(me.launch, answer.body.visit))
    opened.close()
    refused(item.id, answer.problem)
  }
  const then = (act: () => void) => () => {
    setAsked(undefined)
    act()
  }
  const ways = (asked: Asked) => ({
    onLeave: then(() => void open(asked.item, asked.anyway)),
    onApart: mayOpenApart() ? then(() => void apart(asked)) : undefined,
    onStay: then(() => {}),
  })
  return { stuck, blocked, asked, onOpen, ways }
}

/** Out of a frame, or of a window that was opened beside one, another window would know nothing of this sign-in. */
const mayOpenApart = () => window.top === window && !besideFrame()

type Asked = { readonly item: AppointmentItem; readonly anyway?: true }

type LeavingProps = {
  readonly leaving: string
  readonly asked: Asked
  onLeave(): void
  /** Absent where a window of its own would know nothing of this sign-in. */
  readonly onApart: (() => void) | undefined
  onStay(): void
}

function Leaving({ leaving, asked, onLeave, onApart, onStay }: LeavingProps) {
  return (
    <Dialog title={sheetWords.title(asked.item.patient.name)} onClose={onStay}>
      <p>{sheetWords.says(leaving)}</p>
      <div class="actions">
        <button type="button" class="main" onClick={onLeave}>
          {sheetWords.leave}
        </button>
        {onApart !== undefined && (
          <button type="button" onClick={onApart}>
            {sheetWords.apart}
          </button>
        )}
        <button type="button" onClick={onStay}>
          {sheetWords.stay}
        </button>
      </div>
    </Dialog>
  )
}
