// What the clinician has written to somebody who waits, with the time; whatever comes while they wait is read out, and told by a sound.
// Comes once something was written. Tells our server that the page shows it, for nobody else can know.
import { useEffect } from 'preact/hooks'
import type { MessagesShown, MessageToYou } from '../../server/wire/wire.ts'
import { passing, post } from '../base/api.ts'
import { announce } from '../ui/announce.ts'
import { chime } from '../ui/chime.ts'
import { clock } from '../ui/clock.ts'
import { flash } from '../ui/title.ts'
import { messageSentences, messageWords } from './message-words.ts'

type MessagesProps = {
  readonly all: readonly MessageToYou[]
  /** What was here when the waiting room came on the screen is no news. */
  readonly known: number
  /** Of the visit. */
  readonly path: string
  readonly timeZone: string
}

export function Messages({ all, known, path, timeZone }: MessagesProps) {
  const last = all.at(-1)
  const upTo = last?.n ?? 0
  useEffect(() => {
    if (last === undefined || upTo <= known) return
    chime()
    flash(messageWords.title)
    announce(spoken(last))
  }, [upTo])
  useEffect(() => shownUpTo(path, upTo), [path, upTo])
  return (
    <section class="ready" aria-label={messageWords.title}>
      <h2>{messageWords.title}</h2>
      {all.toReversed().map((one) => (
        <Message key={one.n} one={one} timeZone={timeZone} />
      ))}
    </section>
  )
}

function Message({ one: { at, says }, timeZone }: { readonly one: MessageToYou } & Pick<MessagesProps, 'timeZone'>) {
  const time = clock(at, timeZone)
  if ('reason' in says) return <p>{messageWords.ready(time, messageSentences[says.reason])}</p>
  return (
    <div>
      <p class="quiet">{messageWords.own(time)}</p>
      {/* Whatever language it is in is not known. */}
      <p class="own-words" dir="auto" lang="">
        {says.words}
      </p>
    </div>
  )
}

const spoken = ({ says }: MessageToYou): string =>
  'reason' in says ? messageSentences[says.reason] : messageWords.wrote(says.words)

const againMs = 5_000

/** Said until our server has heard it; answers how to stop. */
function shownUpTo(path: string, upTo: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const say = async () => {
    const answer = await post(`${path}/messages/shown`, { upTo } satisfies MessagesShown)
    if (!answer.ok && passing(answer.problem) && !isOver) timer = setTimeout(() => void say(), againMs)
  }
  if (upTo > 0) void say()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
