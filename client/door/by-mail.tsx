// Whether a patient wants mail about their visit: what would be written, to which address, and one button. Comes where the clinic writes at all.
import type { ChooseNotices, NoticesView } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { isolated } from '../base/isolated.ts'
import { announce } from '../ui/announce.ts'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { byMailWords } from './by-mail-words.ts'

type ByMailProps = {
  readonly mail: NonNullable<NoticesView['mail']>
  /** Answers what stood in the way. */
  onChoose(choice: ChooseNotices): Promise<Problem | undefined>
}

export function ByMail({ mail: { to, on }, onChoose }: ByMailProps) {
  const { busy, problem, press } = usePress()
  const says = (is: boolean) => (is ? byMailWords.on : byMailWords.off)(isolated(to.replace('@', '@\u200b')))
  const choose = async () => {
    if ((await press(() => onChoose({ mail: !on }))) === undefined) announce(says(!on))
  }
  return (
    <section class="card" aria-label={byMailWords.title}>
      <h2>{byMailWords.title}</h2>
      <p>{says(on)}</p>
      {problem !== undefined && <Inline problem={problem} />}
      <button type="button" class="plain" disabled={busy} onClick={() => void choose()}>
        {on ? byMailWords.stop : byMailWords.want}
      </button>
    </section>
  )
}
