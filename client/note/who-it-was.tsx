// Whether it is known who was in the call, as far as what is asked and filed depends on it; and the word that goes with an answer where it is not.
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import { born } from '../ui/born.ts'
import { outcomeWords } from './outcome-words.ts'

/** Somebody was found to be another than the patient, and nobody is confirmed: nothing is filed, and that they met is not said without more. */
export const isNobodys = ({ identity }: Pick<ClinicianView, 'identity'>): boolean => identity?.is === 'denied'

type ConfirmingProps = {
  readonly view: ClinicianView
  readonly me: Me
  readonly on: boolean
  onTurn(on: boolean): void
}

/** Where another was in the call, that they met is said together with who it was. */
export const Confirming = ({ view, me, on, onTurn }: ConfirmingProps) => (
  <label class="option-confirm">
    <input type="checkbox" checked={on} onChange={(event) => onTurn(event.currentTarget.checked)} />
    <span>
      {outcomeWords.confirm}{' '}
      <strong>
        {view.patient.name}, {born(view.patient.birthDate, me.organisation.timeZone)}
      </strong>
    </span>
  </label>
)
