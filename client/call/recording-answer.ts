// How somebody answers whether they agree to be recorded, or asks everyone.
import { useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import type { Watched } from '../base/live.ts'

export type AnswerProps<View> = { readonly me: Me; readonly path: string; readonly watched: Watched<View> }

/** Sends an answer or the question, and shows the visit as it then is. */
export function useAnswer<View>({ path, watched }: AnswerProps<View>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const send = async (to: string, body: object) => {
    setBusy(true)
    const answer = await post<View>(`${path}/${to}`, body)
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) watched.put(answer.body)
    else watched.look()
  }
  const say = (agrees: boolean) => () => void send('recording/answers', { agrees })
  return { busy, problem, say, ask: () => void send('recording', {}) }
}
