// Who is invited to the visit by a link, how far each has come, and what a clinician can do about it.
import { useState } from 'preact/hooks'
import type { ClinicianView, InvitationMade, InvitedPerson, Me } from '../../server/wire/wire.ts'
import { clock } from '../ui/clock.ts'
import { isOtherLanguage } from '../ui/other-language.ts'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { InviteSheet } from './invite-sheet.tsx'
import { invitedAs, invitedWords, inviteWords } from './invite-words.ts'
import { ShareSheet } from './share-sheet.tsx'

type InvitedProps = { readonly view: ClinicianView; readonly me: Me; readonly actions: Actions }

export function Invited({ view, me, actions }: InvitedProps) {
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<{ readonly of: InvitationMade; readonly name: string }>()
  const { invited = [], patient } = view
  const suggestion = suggestionFor(patient)
  const isThere = invited.some(({ as, state }) => as === 'interpreter' && state !== 'revoked')
  const share = (of: InvitationMade, name: string) => {
    setAsking(false)
    setMade({ of, name })
  }
  return (
    <div class="invited">
      {invited.length > 0 && <h3>{invitedWords.title}</h3>}
      <ul class="people">
        {invited.map((person) => (
          <InvitedOne key={person.invitation} {...{ person, me, actions }} onMade={share} />
        ))}
      </ul>
      {suggestion !== undefined && !isThere && <p>{suggestion}</p>}
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {inviteWords.invite}
      </button>
      {asking && <InviteSheet {...{ view, me, actions }} onMade={share} onClose={() => setAsking(false)} />}
      {made !== undefined && <ShareSheet {...made} me={me} onClose={() => setMade(undefined)} />}
    </div>
  )
}

/** By what the chart says of an interpreter, else of the language. */
function suggestionFor({ interpreter, language }: ClinicianView['patient']): string | undefined {
  if (interpreter !== undefined) return inviteWords.suggest(interpreter.language)
  return isOtherLanguage(language) ? inviteWords.perhaps(language) : undefined
}

type OneProps = Omit<InvitedProps, 'view'> & {
  readonly person: InvitedPerson
  onMade(of: InvitationMade, name: string): void
}

function InvitedOne({ person, me, actions, onMade }: OneProps) {
  const { name, by, state, elsewhere } = person
  return (
    <li class="person">
      <p class="person-state">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>{invitedAs(person)}</span>
        <span>{invitedWords.by(by)}</span>
        <span class="tag">{invitedWords.states[state]}</span>
      </p>
      {elsewhere !== undefined && state !== 'revoked' && (
        <p class="trouble">{invitedWords.elsewhere(clock(elsewhere.at, me.organisation.timeZone))}</p>
      )}
      {state !== 'revoked' && state !== 'expired' && <Ways {...{ person, me, actions, onMade }} />}
    </li>
  )
}

/** What can be done about an invitation that is still good. */
function Ways({ person: { name, invitation }, me, actions, onMade }: OneProps) {
  const { busy, problem, press } = usePress()
  const anew = () =>
    press(async () => {
      const answer = await actions.sendAnew({ invitation })
      if (answer.ok) onMade(answer.body, name)
      return answer.ok ? undefined : answer.problem
    })
  const back = () => press(() => actions.takeBack({ invitation }))
  const ways = [
    [invitedWords.anew, invitedWords.anewNamed(name), anew],
    [invitedWords.back, invitedWords.backNamed(name), back],
  ] as const
  return (
    <>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="turn-away">
        {ways.map(([words, named, act]) => (
          <button key={words} type="button" class="plain" disabled={busy} aria-label={named} onClick={() => void act()}>
            {words}
          </button>
        ))}
      </div>
    </>
  )
}
