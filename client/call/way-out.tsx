// The ways out of a call that does not go on: once more, or by telephone. Refuses to leave a patient with one way alone.
import type { Me } from '../../server/wire/wire.ts'
import { Emergency } from '../ui/emergency.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { callWords } from './words.ts'

type WaysOutProps = { readonly me: Me; readonly again: string; onAgain(): void }

export const WaysOut = ({ me, again, onAgain }: WaysOutProps) => (
  <div class="actions">
    <button type="button" class="main" onClick={onAgain}>
      {again}
    </button>
    {me.role !== 'clinician' && (
      <>
        <PhoneLink phone={me.organisation.phone} words={callWords.phone(me.organisation.phone)} />
        <Emergency of={me.organisation} />
      </>
    )}
  </div>
)
