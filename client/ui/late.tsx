// The clinician says once how late she is; whoever waits for her reads it.
import { useEffect, useState } from 'preact/hooks'
import type { LateWord, Me, SayLate } from '../../server/wire/wire.ts'
import { type Answer, ask, type Problem, post } from '../base/api.ts'
import { apiPath } from '../base/route.ts'
import { clock } from './clock.ts'
import { lateWords } from './late-words.ts'
import { Inline } from './problem.tsx'

const choices = [5, 10, 20, 30]

export function RunningLate({ me }: { readonly me: Me }) {
  const path = apiPath(me.launch, 'late')
  const [word, setWord] = useState<LateWord>({})
  const [problem, setProblem] = useState<Problem>()
  const take = (answer: Answer<LateWord>) => {
    if (answer.ok) setWord(answer.body)
    setProblem(answer.ok ? undefined : answer.problem)
  }
  useEffect(() => {
    // A page that cannot ask now shows no word, and says nothing of it: what is said is said by a press.
    void ask<LateWord>(path).then((answer) => answer.ok && setWord(answer.body))
  }, [path])
  const say = (minutes: number) => void post<LateWord>(path, { minutes } satisfies SayLate).then(take)
  const { late } = word
  return (
    <details class="late" open={late !== undefined}>
      <summary>{lateWords.title}</summary>
      <p role="status">
        {late === undefined ? lateWords.tell : lateWords.said(clock(late.at, me.organisation.timeZone), late.minutes)}
      </p>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {choices.map((minutes) => (
          <button type="button" key={minutes} onClick={() => say(minutes)}>
            {lateWords.minutes(minutes)}
          </button>
        ))}
        {late !== undefined && (
          <button type="button" class="plain" onClick={() => say(0)}>
            {lateWords.takeBack}
          </button>
        )}
      </div>
    </details>
  )
}
