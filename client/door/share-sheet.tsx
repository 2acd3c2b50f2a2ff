// The link of an invitation, for the clinician to give on: to be copied, to be read out, or as a text for a message. Shown once.
import { useId, useState } from 'preact/hooks'
import type { InvitationMade, Me } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { useCopied } from '../ui/copied.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Later } from '../ui/later.tsx'
import { whenNamed } from '../ui/times.ts'
import { languageNamed, shareWords } from './invite-words.ts'

type ShareSheetProps = {
  readonly of: InvitationMade
  readonly name: string
  readonly me: Me
  onClose(): void
}

export function ShareSheet({ of, name, me, onClose }: ShareSheetProps) {
  const { link, code, typeAt, mail, sms, reads, until } = of
  const [asPicture, setAsPicture] = useState(false)
  const more = [
    [shareWords.sms, sms, shareWords.copySms, 4],
    [shareWords.mail, `${mail.subject}\n\n${mail.text}`, shareWords.copyMail, 8],
  ] as const
  return (
    <Dialog title={shareWords.title(name)} wide onClose={onClose}>
      <p>{shareWords.once}</p>
      <p>{shareWords.until(whenNamed(until, now.value, me.organisation.timeZone))}</p>
      <Given rows={2} label={shareWords.link} text={link} copy={shareWords.copyLink} />
      {asPicture ? (
        <Later
          load={() => import('./qr-code.tsx')}
          show={({ QrCode }) => <QrCode text={link} name={shareWords.qr(name)} />}
        />
      ) : (
        <button type="button" class="plain" onClick={() => setAsPicture(true)}>
          {shareWords.showQr}
        </button>
      )}
      <Given rows={1} label={shareWords.code(address(typeAt))} text={code} />
      {me.languages !== undefined && <p>{shareWords.textsIn(languageNamed(reads))}</p>}
      {more.map(([label, text, copy, rows]) => (
        <Given key={label} {...{ rows, label, text, copy }} lang={reads} />
      ))}
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

type GivenProps = {
  readonly label: string
  readonly text: string
  readonly rows: number
  readonly copy?: string
  /** Of a text in words; else it is read from the left. */
  readonly lang?: string
}

function Given({ label, text, rows, copy, lang }: GivenProps) {
  const id = useId()
  const { state, copy: put } = useCopied()
  return (
    <div class="given">
      <label for={id}>{label}</label>
      <textarea
        {...{ id, rows, lang, value: text, dir: lang === undefined ? ('ltr' as const) : ('auto' as const) }}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      {copy !== undefined && (
        <button type="button" class="plain" onClick={() => put(text)}>
          {state === 'ready' ? copy : shareWords[state]}
        </button>
      )}
    </div>
  )
}
