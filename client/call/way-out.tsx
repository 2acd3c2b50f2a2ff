// The ways out of a call that does not go on: once more, or by telephone. Refuses to leave a patient with one way alone.
import type { Me } from '../../server/wire/wire.ts'
import { PhoneLink } from '../ui/phone.tsx'

export const Ways = ({ me, again, onAgain }: { me: Me; again: string; onAgain(): void }) => (
  <div class="actions">
    <button type="button" class="main" onClick={onAgain}>
      {again}
    </button>
    {me.role !== 'clinician' && <PhoneLink phone={me.organisation.phone} words={`Or call ${me.organisation.phone}`} />}
  </div>
)
