// What the clinician is asked before somebody at the door is let in.
// Refuses to let in on one press: a key held a little too long on Admit confirms nothing.
import { useEffect, useRef } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import { born } from '../ui/born.ts'
import { confirmWords } from './clinician-words.ts'

type QuestionProps = {
  readonly person: DoorPerson
  readonly me: Me
  readonly busy: boolean
  onYes(): void
  onNo(): void
}

/** Takes the focus as a whole. */
export function Confirm({ person, me, view, busy, onYes, onNo }: QuestionProps & { view: ClinicianView }) {
  const ref = useRef<HTMLFieldSetElement>(null)
  useEffect(() => ref.current?.focus(), [])
  const { patient } = view
  return (
    <fieldset
      class="confirm"
      ref={ref}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo()
      }}
    >
      <legend>{confirmWords.title}</legend>
      <p class="identity">
        <strong>{patient.name}</strong>
        <br />
        {born(patient.birthDate, me.organisation.timeZone)}
      </p>
      {view.merged && <p>{confirmWords.merged}</p>}
      {person.as === 'representative' && <p>{confirmWords.hereFor(person.name, patient.name)}</p>}
      <button type="button" class="main" disabled={busy} onClick={onYes}>
        {busy ? confirmWords.busy : confirmWords.yes}
      </button>
      <button type="button" class="plain" onClick={onNo}>
        {confirmWords.no}
      </button>
    </fieldset>
  )
}
