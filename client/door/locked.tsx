// Who came while the door was locked waits here: that the clinic knows, the number, and the way out. It goes on by itself once they may.
// Comes when it is wanted.

import { useEffect, useState } from 'preact/hooks'
import type { AtLockedDoor, Knock, Me, PatientView } from '../../server/wire/wire.ts'
import { type Problem, passing } from '../base/api.ts'
import { Facts } from '../day/patient-ends.tsx'
import { announce } from '../ui/announce.ts'
import { useAwake } from '../ui/awake.ts'
import { clock } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { Inline } from '../ui/problem.tsx'
import { lockedWords } from './locked-words.ts'
import { waitingWords } from './waiting-words.ts'
import { checkWords } from './words.ts'

type LockedDoorProps = {
  readonly me: Me
  readonly view: PatientView
  readonly door: AtLockedDoor
  /** Why what is shown may be old. */
  readonly lost: Problem | undefined
  /** Knocks; answers what stood in the way. */
  onKnock(devices: Knock['devices']): Promise<Problem | undefined>
  onLeave(): void
}

export function LockedDoor({ me, view, door, lost, onKnock, onLeave }: LockedDoorProps) {
  const { phone, timeZone } = me.organisation
  const { problem, come } = useComing(door, onKnock)
  const isOpen = door.mayCome === true
  const title = isOpen ? lockedWords.coming : lockedWords.title
  const says = isOpen ? checkWords.busy : lockedWords.seen(clock(door.triedAt, timeZone))
  useAwake(true)
  // All in one: a second sentence would take the first one's place before it is read out.
  const spoken = `${title} ${says}`
  useEffect(() => announce(spoken), [spoken])
  return (
    <main class="card">
      <Heading>{title}</Heading>
      <Facts me={me} visit={view} />
      {problem === undefined && <p>{says}</p>}
      {problem !== undefined && (
        <Inline problem={problem} me={me}>
          <button type="button" class="main" onClick={come}>
            {checkWords.onwards}
          </button>
        </Inline>
      )}
      {!isOpen && (
        <p>
          {lockedWords.why} {lockedWords.keepOpen}
        </p>
      )}
      {lost !== undefined && problem === undefined && <Lost lost={lost} />}
      <PhoneLink phone={phone} words={checkWords.phone(phone)} />
      <button type="button" class="plain way-out" onClick={onLeave}>
        {lockedWords.leave}
      </button>
    </main>
  )
}

const Lost = ({ lost: { code } }: { lost: Problem }) => (
  <p class="trouble" role="status">
    {waitingWords.lost[code === 'offline' ? 'offline' : 'ours']} {lockedWords.trying}
  </p>
)

const againMs = 5_000

/** Knocks by itself once they may, and again where what stood in the way may pass; `come` does it at a press. */
function useComing({ mayCome, devices }: AtLockedDoor, onKnock: LockedDoorProps['onKnock']) {
  const [problem, setProblem] = useState<Problem>()
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (mayCome !== true) return setProblem(undefined)
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    void onKnock(devices).then((why) => {
      if (gone) return
      setProblem(why)
      if (why !== undefined && passing(why)) timer = setTimeout(() => setTries(tries + 1), againMs)
    })
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [mayCome, tries])
  return { problem, come: () => setTries(tries + 1) }
}
