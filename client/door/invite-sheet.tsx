// Whom to invite, and as what. Comes when it is wanted. Refuses to send a name that nobody wrote.
import { useId, useState } from 'preact/hooks'
import type { ClinicianView, InvitationMade, InvitedRole, Me } from '../../server/wire/wire.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { inviteWords } from './invite-words.ts'

type InviteSheetProps = {
  readonly view: ClinicianView
  readonly me: Me
  readonly actions: Pick<Actions, 'invite'>
  onMade(of: InvitationMade, name: string): void
  onClose(): void
}

const roles = Object.keys(inviteWords.roles) as InvitedRole[] // sound: its type counts them

export function InviteSheet({ view: { patient }, me, actions, onMade, onClose }: InviteSheetProps) {
  const [as, setAs] = useState<InvitedRole>(patient.interpreter === undefined ? 'guest' : 'interpreter')
  const [name, setName] = useState('')
  const [language, setLanguage] = useState(patient.interpreter?.language ?? '')
  const { busy, problem, press } = usePress()
  const spoken = as === 'interpreter' && language.trim() !== '' ? { language: language.trim() } : {}
  const invite = () =>
    press(async () => {
      const answer = await actions.invite({ as, name: name.trim(), ...spoken })
      if (answer.ok) onMade(answer.body, name.trim())
      return answer.ok ? undefined : answer.problem
    })
  const send = (event: Event) => {
    event.preventDefault()
    void invite()
  }
  return (
    <Dialog title={inviteWords.title} onClose={onClose}>
      <p>{inviteWords.says}</p>
      <form class="invite" onSubmit={send}>
        <As as={as} onAs={setAs} />
        <Field words={inviteWords.name} note={inviteWords.nameNote} most={60} value={name} onValue={setName} />
        {as === 'interpreter' && (
          <Field words={inviteWords.language} most={40} value={language} onValue={setLanguage} />
        )}
        {problem !== undefined && <Inline problem={problem} me={me} />}
        <div class="actions">
          <button type="submit" class="main" disabled={busy || name.trim() === ''}>
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

function As({ as, onAs }: { readonly as: InvitedRole; onAs(as: InvitedRole): void }) {
  const id = useId()
  return (
    <div>
      <label for={id}>{inviteWords.as}</label>
      <select id={id} onChange={(event) => onAs(roles[event.currentTarget.selectedIndex] ?? 'guest')}>
        {roles.map((role) => (
          <option key={role} value={role} selected={role === as}>
            {inviteWords.roles[role]}
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
        class="field"
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
