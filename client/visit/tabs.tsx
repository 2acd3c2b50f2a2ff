// Door, call, note and chart as tabs, for a page too narrow to show them side by side. Arrow keys move between them.
import type { ClinicianView } from '../../server/wire/wire.ts'
import { AtTheDoor } from '../door/chip.tsx'
import { tabsWords } from './clinician-words.ts'

export type Part = 'door' | 'call' | 'note' | 'chart'

const usual = ['door', 'call', 'note'] as const

type TabsProps = {
  readonly chosen: Part
  readonly view: ClinicianView
  /** The clinic shows the chart. */
  readonly chart: boolean
  onChoose(part: Part): void
}

export function Tabs({ chosen, view, chart, onChoose }: TabsProps) {
  const parts: readonly Part[] = chart ? [...usual, 'chart'] : usual
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const part = parts[(parts.indexOf(chosen) + step + parts.length) % parts.length]
    if (step === 0 || part === undefined) return
    onChoose(part)
    document.getElementById(`tab-${part}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={tabsWords.title}>
      {parts.map((part) => (
        <button
          key={part}
          type="button"
          role="tab"
          id={`tab-${part}`}
          aria-selected={part === chosen}
          aria-controls={`part-${part}`}
          tabIndex={part === chosen ? 0 : -1}
          onClick={() => onChoose(part)}
          onKeyDown={move}
        >
          {part === 'door' && view.locked === true ? tabsWords.locked : tabsWords[part]}
          {part === 'door' && <AtTheDoor view={view} />}
        </button>
      ))}
    </div>
  )
}

/** What a part is as the panel of a tab; where there is room for all of them, it is none. */
export const panelOf = (its: Part, narrow: boolean, hidden: boolean) => ({
  id: `part-${its}`,
  hidden: narrow && hidden,
  ...(narrow ? { role: 'tabpanel' as const, 'aria-labelledby': `tab-${its}` } : {}),
  // The chart scrolls, and while it loads it holds nothing else that a keyboard could reach.
  ...(its === 'chart' ? { tabIndex: 0 } : {}),
})
