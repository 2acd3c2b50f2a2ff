// What somebody in the waiting room can do meanwhile: step away and keep the place, ask for the telephone instead, or say that they cannot make it. Comes with the waiting room.
import type { Place, StepAway } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { AsksFirst } from './asks-first.tsx'
import { meanwhileWords } from './meanwhile-words.ts'

type MeanwhileProps = {
  readonly door: Pick<Extract<Place, { at: 'door' }>, 'backBy'>
  /** Each answers what stood in the way. */
  onStep(where: StepAway['where']): Promise<Problem | undefined>
  onCannot(): Promise<Problem | undefined>
  /** Of whom the clinic can telephone. */
  readonly onTelephone?: (() => Promise<Problem | undefined>) | undefined
}

export function Meanwhile({ door, onStep, onCannot, onTelephone }: MeanwhileProps) {
  const { busy, problem, press } = usePress()
  const where = door.backBy === undefined ? 'away' : 'back'
  return (
    <>
      {problem !== undefined && <Inline problem={problem} />}
      <button
        type="button"
        class={where === 'back' ? 'main' : ''}
        disabled={busy}
        onClick={() => void press(() => onStep(where))}
      >
        {where === 'back' ? meanwhileWords.back : meanwhileWords.step}
      </button>
      {onTelephone !== undefined && <AsksFirst at="telephone" leave={onTelephone} says={meanwhileWords.telephone} />}
      <AsksFirst at="cannot" leave={onCannot} says={meanwhileWords.cannot} />
    </>
  )
}
