// Where else the same person is signed in, and the end of it. Comes, and asks, when somebody wants to know.
import { useEffect, useState } from 'preact/hooks'
import type { Me, OtherSignIns } from '../../server/wire/wire.ts'
import { type Answer, ask, post } from '../base/api.ts'
import { apiPath } from '../base/route.ts'
import { elsewhere } from './elsewhere-words.ts'
import { Inline } from './problem.tsx'

export function Elsewhere({ me }: { me: Me }) {
  const [answer, setAnswer] = useState<Answer<OtherSignIns>>()
  const [ended, setEnded] = useState(false)
  useEffect(() => void ask<OtherSignIns>(apiPath(me.launch, 'sign-ins')).then(setAnswer), [])
  const end = async () => {
    setAnswer(await post<OtherSignIns>(apiPath(me.launch, 'sign-ins/end')))
    setEnded(true)
  }

  if (answer === undefined) return null
  if (!answer.ok) return <Inline problem={answer.problem} me={me} />
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
