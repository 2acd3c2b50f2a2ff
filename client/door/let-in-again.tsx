// Letting somebody in who was sent out as another than the patient: it is asked once, since the name at the door is still the patient's.
import { useState } from 'preact/hooks'
import type { DoorPerson } from '../../server/wire/wire.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Steady } from '../ui/steady.tsx'
import { personWords } from './clinician-words.ts'
import { againWords } from './identity-words.ts'

type LetInAgainProps = { readonly person: DoorPerson; readonly busy: boolean; onLetIn(): void }

export function LetInAgain({ person: { doorId, name }, busy, onLetIn }: LetInAgainProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button type="button" disabled={busy} aria-label={personWords.admitNamed(name)} onClick={() => setAsking(true)}>
        {busy ? personWords.admitting : personWords.admit}
      </button>
      {asking && (
        <Dialog title={againWords.title} onClose={() => setAsking(false)}>
          <p>{againWords.says}</p>
          <div class="actions">
            <Steady
              does={doorId}
              once
              class="main danger"
              onPress={() => {
                setAsking(false)
                onLetIn()
              }}
            >
              {againWords.yes}
            </Steady>
            <button type="button" onClick={() => setAsking(false)}>
              {againWords.no}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
