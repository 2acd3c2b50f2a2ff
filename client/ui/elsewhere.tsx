// Where else the same person is signed in, and the end of it. Comes, and asks, when somebody wants to know.
import { useEffect, useState } from 'preact/hooks'
import type { Me, OtherSignIns } from '../../server/wire/wire.ts'
import { type Answer, ask, post } from '../base/api.ts'
import { apiPath } from '../base/route.ts'
import { elsewhere } from './elsewhere-words.ts'
import { Inline } from './problem.tsx'
import { problem } from './words.ts'

export function Elsewhere({ me }: { me: Me }) {
  const [answer, setAnswer] = useState<Answer<OtherSignIns>>()
  const [ended, setEnded] = useState(false)
  const look = () => void ask<OtherSignIns>(apiPath(me.launch, 'sign-ins')).then(setAnswer)
  useEffect(look, [])
  const end = async () => {
    setAnswer(await post<OtherSignIns>(apiPath(me.launch, 'sign-ins/end')))
    setEnded(true)
  }

  if (answer === undefined) return null
  if (!answer.ok)
    return (
      <Inline problem={answer.problem} me={me}>
        <button type="button" onClick={ended ? () => void end() : look}>
          {problem.again}
        </button>
      </Inline>
    )
  const { others } = answer.body
  if (others === 0) return <span role="status">{ended ? elsewhere.ended : elsewhere.none}</span>
  return (
    <>
      <span role="status">{elsewhere.others(others)}</span>{' '}
      <button type="button" class="plain" onClick={() => void end()}>
        {elsewhere.end}
      </button>
    </>
  )
}
