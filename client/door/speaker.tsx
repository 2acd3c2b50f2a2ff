// The test of the loudspeaker after its sound: whether it was heard, and what to do where it was not. Comes with the first press.
// Refuses to say that a sound was played which the browser held back.
import { useState } from 'preact/hooks'
import { findingsWords } from './findings-words.ts'
import { speakerWords as words } from './speaker-words.ts'

type SpeakerProps = {
  /** Whether the browser played the sound. */
  readonly played: boolean
  onAgain(): void
}

export function Speaker({ played, onAgain }: SpeakerProps) {
  const [heard, setHeard] = useState<'unsaid' | 'yes' | 'no'>('unsaid')
  const again = () => {
    setHeard('unsaid')
    onAgain()
  }
  return (
    <div class="speaker">
      {heard === 'no' && <Silent />}
      <p role="status">{played ? said[heard] : words.unplayed}</p>
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

const said = { unsaid: words.question, yes: words.good, no: undefined }

const Silent = () => (
  <>
    <p>
      <strong>{words.silent.title}</strong>
    </p>
    <ul class="advice">
      {words.silent.advice.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  </>
)
