// The way in while the health record system says nothing: what it said of the appointment today, and a button that lets in by that.
// Refuses to be pressed before it was asked in vain.
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { clock } from '../ui/clock.ts'
import { asReadWords } from './clinician-words.ts'

type AsReadProps = {
  readonly person: DoorPerson
  readonly view: ClinicianView
  readonly me: Me
  readonly problem: Problem
  readonly busy: boolean
  onYes(): void
}

export function AsRead({ person, view, me, problem: { readAt }, busy, onYes }: AsReadProps) {
  if (readAt === undefined || person.state !== 'waiting') return null
  const { timeZone } = me.organisation
  const [start, read] = [clock(view.start, timeZone), clock(readAt, timeZone)]
  return (
    <div class="as-read">
      <p>{asReadWords.says(start, read)}</p>
      <button
        type="button"
        disabled={busy}
        aria-label={`${asReadWords.act(start, read)}: ${person.name}`}
        onClick={onYes}
      >
        {busy ? asReadWords.busy : asReadWords.act(start, read)}
      </button>
    </div>
  )
}
