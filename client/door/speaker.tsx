// The test of the loudspeaker after its sound: whether it was heard, and what to do where it was not. Comes with the first press.
// Refuses to say that a sound was played which the browser held back.
import { useState } from 'preact/hooks'
import { findingsWords } from './findings-words.ts'
import { speakerWords as words } from './speaker-words.ts'

type SpeakerProps = {
  /** Whether the browser played the sound. */
  readonly played: boolean
  /** There are several loudspeakers to choose among. */
  readonly several: boolean
  /** What is said to who heard it; absent for a patient. */
  readonly good?: string | undefined
  onAgain(): void
}

export function Speaker({ played, several, good = words.good, onAgain }: SpeakerProps) {
  const [heard, setHeard] = useState<'unsaid' | 'yes' | 'no'>('unsaid')
  const again = () => {
    setHeard('unsaid')
    onAgain()
  }
  return (
    <div class="speaker">
      {heard === 'no' && <Silent several={several} />}
      <p role="status">{!played ? words.unplayed : said(good)[heard]}</p>
      <div class={heard === 'yes' ? 'answers given' : 'answers'}>
        {played && heard !== 'no' && (
          <>
            <button type="button" onClick={() => setHeard('yes')}>
              {words.yes}
            </button>
            <button type="button" onClick={() => setHeard('no')}>
              {words.no}
            </button>
          </>
        )}
        {(!played || heard === 'no') && (
          <button type="button" onClick={again}>
            {played ? words.again : findingsWords.sound}
          </button>
        )}
      </div>
    </div>
  )
}

const said = (good: string) => ({ unsaid: words.question, yes: good, no: undefined })

const Silent = ({ several }: Pick<SpeakerProps, 'several'>) => (
  <>
    <p>
      <strong>{words.silent.title}</strong>
    </p>
    <ul class="advice">
      {[...(several ? [words.silent.another] : []), ...words.silent.advice].map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  </>
)
