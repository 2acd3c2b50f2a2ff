// The clinician's ways to write to somebody who waits, to let them in later, or not at all: each asks what is said, or the reason, which the person reads on their own page.
// Refuses to send own words that nobody wrote.
import { useId, useState } from 'preact/hooks'
import type { DoorPerson, Me, WhyNotNow } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { turnAwayWords } from './clinician-words.ts'
import { messageSentences } from './message-words.ts'
import { notNowSentences, refusedSentences } from './turned-away-words.ts'

type TurnAwayProps = {
  readonly person: DoorPerson
  readonly me: Me
  readonly actions: Pick<Actions, 'decline' | 'askToWait' | 'sendBack' | 'write'>
  /** The button that was pressed may be gone. */
  onDone(): void
}
type Way = 'message' | 'not-now' | 'send-back' | 'refuse' | 'remove'

/** The worse stands at the end, away from what lets in. */
export function TurnAway({ person, me, actions, onDone }: TurnAwayProps) {
  const [asking, setAsking] = useState<Way>()
  const { name, state } = person
  const close = () => setAsking(undefined)
  if (state === 'declined') return null
  const ways: readonly Way[] = state === 'waiting' ? ['message', 'not-now', 'refuse'] : ['send-back', 'remove']
  return (
    <div class="turn-away">
      {ways.map((way) => (
        <button
          key={way}
          type="button"
          class="plain"
          aria-label={turnAwayWords[way].actNamed(name)}
          onClick={() => setAsking(way)}
        >
          {turnAwayWords[way].act}
        </button>
      ))}
      {asking !== undefined && <Asked way={asking} {...{ person, me, actions, onDone, close }} />}
    </div>
  )
}

type AskedProps = TurnAwayProps & { readonly way: Way; close(): void }

/** Each way has sentences of its own, the very ones that are read. */
function Asked({ way, actions, ...of }: AskedProps) {
  const { person } = of
  if (way === 'message')
    return <Question {...of} way={way} sentences={messageSentences} onSay={(says) => actions.write(person, says)} />
  if (way === 'refuse' || way === 'remove')
    return <Question {...of} way={way} sentences={refusedSentences} onSay={(why) => actions.decline(person, why)} />
  const onSay = (why: WhyNotNow) => actions[way === 'not-now' ? 'askToWait' : 'sendBack'](person, why)
  return <Question {...of} way={way} sentences={notNowSentences} onSay={onSay} />
}

type QuestionProps<Reason extends string> = {
  readonly way: Way
  readonly person: DoorPerson
  readonly me: Me
  readonly sentences: Readonly<Record<Reason, string>>
  /** Answers what stood in the way. */
  onSay(why: { reason: Reason } | { words: string }): Promise<Problem | undefined>
  onDone(): void
  close(): void
}

/** The first of the sentences is so in any case: it is what is said unless another is chosen. */
function Question<Reason extends string>({ way, sentences, onSay, onDone, close, ...of }: QuestionProps<Reason>) {
  const onSent = () => {
    close()
    onDone()
  }
  const says = turnAwayWords[way]
  const { chosen, choose, own, write, busy, met, send } = useReason({ sentences, onSay, onSent })
  return (
    <Dialog title={says.title(of.person.name)} onClose={close}>
      <Reasons says={says.says(of.me.organisation.phone)} {...{ sentences, chosen, choose, own }} onOwn={write} />
      {typeof met === 'string' && <p role="alert">{met}</p>}
      {typeof met === 'object' && <Inline problem={met} me={of.me} />}
      <div class="actions">
        <button
          type="button"
          class={way === 'refuse' || way === 'remove' ? 'main danger' : 'main'}
          disabled={busy}
          onClick={() => void send()}
        >
          {busy ? turnAwayWords.saving : says.yes}
        </button>
        <button type="button" onClick={close}>
          {says.no}
        </button>
      </div>
    </Dialog>
  )
}

type Reasoning<Reason extends string> = Pick<QuestionProps<Reason>, 'sentences' | 'onSay'> & { onSent(): void }

/** What is chosen or written, and the way it goes. */
function useReason<Reason extends string>({ sentences, onSay, onSent }: Reasoning<Reason>) {
  const [chosen, setChosen] = useState<Reason | 'own'>(reasonsIn(sentences)[0] ?? 'own')
  const [own, setOwn] = useState('')
  const [busy, setBusy] = useState(false)
  const [met, setMet] = useState<Problem | string>()
  // What was missing, or stood in the way, was said of another choice, or of other words.
  const choose = (which: Reason | 'own') => {
    setMet(undefined)
    setChosen(which)
  }
  const write = (words: string) => {
    setMet(undefined)
    setOwn(words)
  }
  const send = async () => {
    const words = own.trim()
    if (chosen === 'own' && words === '') return setMet(turnAwayWords.ownMissing)
    setBusy(true)
    const problem = await onSay(chosen === 'own' ? { words } : { reason: chosen })
    setBusy(false)
    setMet(problem)
    if (problem === undefined) onSent()
  }
  return { chosen, choose, own, write, busy, met, send }
}

/** Signs that turn round the letters after them: nobody types them, and our server takes none. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g

const reasonsIn = <Reason extends string>(sentences: Readonly<Record<Reason, string>>) =>
  Object.keys(sentences) as Reason[] // sound: a record of exactly these

type ReasonsProps<Reason extends string> = Pick<QuestionProps<Reason>, 'sentences'> & {
  readonly says: string
  readonly chosen: Reason | 'own'
  choose(which: Reason | 'own'): void
  readonly own: string
  onOwn(words: string): void
}

function Reasons<Reason extends string>(props: ReasonsProps<Reason>) {
  const { says, sentences, chosen, choose, own, onOwn } = props
  const id = useId()
  return (
    <>
      <p id={`${id}-says`}>{says}</p>
      <fieldset class="options" aria-labelledby={`${id}-says`}>
        {[...reasonsIn(sentences), 'own' as const].map((reason) => (
          <div key={reason} class="option">
            <input
              type="radio"
              name={id}
              id={`${id}-${reason}`}
              checked={chosen === reason}
              onChange={() => choose(reason)}
            />
            <label for={`${id}-${reason}`}>{reason === 'own' ? turnAwayWords.own : sentences[reason]}</label>
            {reason === 'own' && chosen === 'own' && (
              <textarea
                rows={3}
                aria-label={turnAwayWords.ownTitle}
                maxLength={200}
                value={own}
                // One line of words, however wide the field.
                onInput={(event) => onOwn(event.currentTarget.value.replaceAll(/\s/g, ' ').replaceAll(turning, ''))}
              />
            )}
          </div>
        ))}
      </fieldset>
    </>
  )
}
