// The clinician says that she will be right back, and that she is back: behind the bar's last button but one, and over the picture while it lasts.
import { useEffect } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { clock } from '../ui/clock.ts'
import { awayWords, moreWords } from './bar-words.ts'
import type { CallNow } from './call-now.ts'
import { goAway, isBack, rightBack } from './right-back.ts'

type AwayChoiceProps = { readonly now: CallNow | undefined; close(): void }

export function AwayChoice({ now, close }: AwayChoiceProps) {
  const isAway = rightBack.value !== undefined
  return (
    <button
      type="button"
      disabled={now?.joined !== true}
      onClick={() => {
        close()
        if (now === undefined) return
        if (isAway) isBack(now)
        else goAway(now)
      }}
    >
      {isAway ? moreWords.back : moreWords.rightBack}
    </button>
  )
}

/** Where she looks first when she comes back. It goes by her press alone, or with the call. */
export function AwaySheet({ me, now }: { readonly me: Me; readonly now: CallNow | undefined }) {
  const said = rightBack.value
  const isAway = said !== undefined
  useEffect(() => {
    if (isAway) announce(awayWords.says)
  }, [isAway])
  if (!isAway || now === undefined) return null
  return (
    <section class="sheet away" aria-label={awayWords.title}>
      <p>
        {said.since === undefined ? awayWords.says : awayWords.saysSince(clock(said.since, me.organisation.timeZone))}
      </p>
      <p class="quiet">{devicesWords(now)}</p>
      <button type="button" class="main" onClick={() => isBack(now)}>
        {moreWords.back}
      </button>
    </section>
  )
}

/** As the room tells it: what is on is said to be on. */
function devicesWords({ devices: { microphone, camera } }: CallNow): string {
  const on = [microphone === 'on' ? awayWords.microphone : [], camera === 'on' ? awayWords.camera : []].flat()
  return on.length > 0 ? on.join(' ') : awayWords.devices
}
