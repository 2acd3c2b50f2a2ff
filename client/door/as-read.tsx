// The way in while the health record system says nothing: what it said of the appointment today, and a button that lets in by that.
// Refuses to be pressed before it was asked in vain, and by the press that asked it.
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { useRemedy } from '../base/remedies.ts'
import { clock } from '../ui/clock.ts'
import { Steady } from '../ui/steady.tsx'
import { problem as problemWords } from '../ui/words.ts'
import { asReadWords } from './clinician-words.ts'

type AsReadProps = {
  readonly person: DoorPerson
  readonly view: ClinicianView
  readonly me: Me
  readonly problem: Problem | undefined
}

/** By what was read then somebody can be let in; undefined where that is not offered. */
export const offeredAsRead = (person: DoorPerson, problem: Problem | undefined): Problem['readAt'] =>
  person.state === 'waiting' ? problem?.readAt : undefined

/** That it says nothing now, and what it said: all in one box, for the column is narrow. */
export function WhatItSaid({ view, me, problem, readAt }: Omit<AsReadProps, 'person'> & { readAt: string }) {
  const remedy = useRemedy(problem?.code ?? 'ehr-unreachable')
  if (remedy === undefined) return null
  const { timeZone } = me.organisation
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{remedy.title}.</strong> {problem?.seconds !== undefined && `${problemWords.wait(problem.seconds)} `}
        {asReadWords.says(clock(view.start, timeZone), clock(readAt, timeZone))}{' '}
        <span class="quiet">({remedy.support})</span>
      </p>
    </div>
  )
}

type ByReadingProps = {
  readonly person: DoorPerson
  readonly readAt: string
  readonly me: Me
  readonly busy: boolean
  onYes(): void
  onAskAgain(): void
}

/** One way in that works, and beside it the question anew. */
export function ByReading({ person: { doorId, name }, readAt, me, busy, onYes, onAskAgain }: ByReadingProps) {
  const act = asReadWords.act(clock(readAt, me.organisation.timeZone))
  return (
    <>
      <Steady
        does={`${doorId} ${readAt}`}
        once
        class="main"
        disabled={busy}
        aria-label={`${act}: ${name}`}
        onPress={onYes}
      >
        {busy ? asReadWords.busy : act}
      </Steady>
      <Steady
        does={doorId}
        once
        class="plain"
        disabled={busy}
        aria-label={`${asReadWords.again}: ${name}`}
        onPress={onAskAgain}
      >
        {asReadWords.again}
      </Steady>
    </>
  )
}
