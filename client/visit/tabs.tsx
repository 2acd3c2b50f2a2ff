// Door, call and note as tabs, for a page too narrow to show them side by side. Arrow keys move between them.

export type Part = 'door' | 'call' | 'note'

const parts = ['door', 'call', 'note'] as const
const names: Readonly<Record<Part, string>> = { door: 'Door', call: 'Call', note: 'Note' }

export function Tabs({ chosen, waiting, onChoose }: { chosen: Part; waiting: number; onChoose(part: Part): void }) {
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const part = parts[(parts.indexOf(chosen) + step + parts.length) % parts.length]
    if (step === 0 || part === undefined) return
    onChoose(part)
    document.getElementById(`tab-${part}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label="Parts of the visit">
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
          {names[part]}
          {part === 'door' && waiting > 0 && (
            <span class="bubble">
              {waiting}
              <span class="unseen"> waiting</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
