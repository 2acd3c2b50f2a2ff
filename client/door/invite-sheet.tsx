// Whom to invite, and as what. Comes when it is wanted. Refuses to send a name that nobody wrote.
import { useId, useState } from 'preact/hooks'
import type { ClinicianView, InvitationMade, InvitedRole, Language, Me } from '../../server/wire/wire.ts'
import { Dialog } from '../ui/dialog.tsx'
import { isOtherLanguage } from '../ui/other-language.ts'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { inviteWords, languageNamed } from './invite-words.ts'

type InviteSheetProps = {
  readonly view: ClinicianView
  readonly me: Me
  readonly actions: Pick<Actions, 'invite'>
  onMade(of: InvitationMade, name: string): void
  onClose(): void
}

const roles = Object.keys(inviteWords.roles) as InvitedRole[] // sound: its type counts them

export function InviteSheet(sheet: InviteSheetProps) {
  const { me, onClose } = sheet
  const { person, put, invite, busy, problem } = useInvitation(sheet)
  const send = (event: Event) => {
    event.preventDefault()
    void invite()
  }
  return (
    <Dialog title={inviteWords.title} onClose={onClose}>
      <p>{inviteWords.says}</p>
      <form class="invite" onSubmit={send}>
        <Whom person={person} me={me} put={put} />
        {problem !== undefined && <Inline problem={problem} me={me} />}
        <div class="actions">
          <button type="submit" class="main" disabled={busy || person.name.trim() === ''}>
            {busy ? inviteWords.making : inviteWords.make}
          </button>
          <button type="button" onClick={onClose}>
            {inviteWords.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Whom somebody is about to invite; the language is an interpreter's. */
type Person = {
  readonly as: InvitedRole
  readonly name: string
  readonly language: string
  readonly reads: Language | undefined
}

function useInvitation({ view: { patient }, me, actions, onMade }: InviteSheetProps) {
  const [person, setPerson] = useState<Person>(() => ({
    ...{ as: spokenOf(patient) === undefined ? 'guest' : 'interpreter', name: '', language: spokenOf(patient) ?? '' },
    reads: me.languages?.[0],
  }))
  const { busy, problem, press } = usePress()
  const { as, reads } = person
  const [name, language] = [person.name.trim(), person.language.trim()]
  const spoken = as === 'interpreter' && language !== '' ? { language } : {}
  const invite = () =>
    press(async () => {
      const answer = await actions.invite({ as, name, ...spoken, ...(reads === undefined ? {} : { reads }) })
      if (answer.ok) onMade(answer.body, name)
      return answer.ok ? undefined : answer.problem
    })
  return { person, put: (more: Partial<Person>) => setPerson({ ...person, ...more }), invite, busy, problem }
}

type WhomProps = { readonly person: Person; readonly me: Me; put(more: Partial<Person>): void }

const Whom = ({ person: { as, name, language, reads }, me: { languages = [] }, put }: WhomProps) => (
  <>
    <Choice<InvitedRole>
      {...{ words: inviteWords.as, all: roles, chosen: as }}
      named={(role) => inviteWords.roles[role]}
      onChoose={(chosen) => put({ as: chosen })}
    />
    <Field
      {...{ words: inviteWords.name, note: inviteWords.nameNote, most: 60, value: name }}
      onValue={(typed) => put({ name: typed })}
    />
    {as === 'interpreter' && (
      <Field
        {...{ words: inviteWords.language, most: 40, value: language }}
        onValue={(typed) => put({ language: typed })}
      />
    )}
    {reads !== undefined && (
      <Choice<Language>
        {...{ words: inviteWords.reads, all: languages, chosen: reads, named: languageNamed }}
        onChoose={(chosen) => put({ reads: chosen })}
      />
    )}
  </>
)

/** The language that an interpreter is wanted for, or may be; empty where one is wanted and the chart names none. */
const spokenOf = ({ interpreter, language }: ClinicianView['patient']): string | undefined =>
  interpreter === undefined ? (isOtherLanguage(language) ? language : undefined) : (interpreter.language ?? '')

type ChoiceProps<One extends string> = {
  readonly words: string
  readonly all: readonly One[]
  readonly chosen: One
  named(one: One): string
  onChoose(one: One): void
}

function Choice<One extends string>({ words, all, chosen, named, onChoose }: ChoiceProps<One>) {
  const id = useId()
  return (
    <div>
      <label for={id}>{words}</label>
      <select id={id} onChange={(event) => onChoose(all[event.currentTarget.selectedIndex] ?? chosen)}>
        {all.map((one) => (
          <option key={one} value={one} selected={one === chosen}>
            {named(one)}
          </option>
        ))}
      </select>
    </div>
  )
}

type FieldProps = {
  readonly words: string
  readonly note?: string
  readonly most: number
  readonly value: string
  onValue(value: string): void
}

function Field({ words, note, most, value, onValue }: FieldProps) {
  const id = useId()
  return (
    <div>
      <label for={id}>{words}</label>
      <input
        class="one-line"
        {...{ id, value, maxLength: most, autocomplete: 'off', dir: 'auto' as const }}
        aria-describedby={note && `${id}-note`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {note !== undefined && (
        <span id={`${id}-note`} class="quiet">
          {note}
        </span>
      )}
    </div>
  )
}
