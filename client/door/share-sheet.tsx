// The link of an invitation, for the clinician to give on: to be copied, to be read out, or as a text for a message. Shown once.
import { useId, useState } from 'preact/hooks'
import type { ClinicianView, InvitationMade, Me } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { whenNamed } from '../ui/times.ts'
import { shareWords } from './invite-words.ts'

type ShareSheetProps = {
  readonly of: InvitationMade
  readonly name: string
  readonly view: ClinicianView
  readonly me: Me
  onClose(): void
}

export function ShareSheet({ of, name, view, me, onClose }: ShareSheetProps) {
  const { link, code, typeAt, until } = of
  const at = (time: typeof until) => whenNamed(time, now.value, me.organisation.timeZone)
  const message = shareWords.message(me.organisation.name, at(view.start), link, typeAt, code)
  return (
    <Dialog title={shareWords.title(name)} wide onClose={onClose}>
      <p>{shareWords.once}</p>
      <p>{shareWords.until(at(until))}</p>
      <Given rows={2} label={shareWords.link} text={link} copy={shareWords.copyLink} />
      <Given rows={1} label={shareWords.code(address(typeAt))} text={code} />
      <Given rows={5} label={shareWords.text} text={message} copy={shareWords.copyText} />
      <div class="actions">
        <button type="button" class="main" onClick={onClose}>
          {shareWords.done}
        </button>
      </div>
    </Dialog>
  )
}

/** As it is typed, and read out. */
const address = (url: string): string => url.replace(/^https?:\/\//, '')

type GivenProps = { readonly label: string; readonly text: string; readonly rows: number; readonly copy?: string }

/** In an EHR's frame a browser may not copy: then the text is there to be selected. */
function Given({ label, text, rows, copy }: GivenProps) {
  const id = useId()
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  const put = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return (
    <div class="given">
      <label for={id}>{label}</label>
      <textarea id={id} readOnly dir="ltr" rows={rows} value={text} onFocus={(event) => event.currentTarget.select()} />
      {copy !== undefined && (
        <button type="button" class="plain" onClick={() => void put()}>
          {state === 'ready' ? copy : shareWords[state]}
        </button>
      )}
    </div>
  )
}
