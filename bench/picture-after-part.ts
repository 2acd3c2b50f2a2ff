// From the return of a part of the video system to the next frame of the other person's video decoded in each page: its videobridge, and its Prosody.
// Refuses a picture that went on while the bridge was away: that would be another story.
import { buildWhenStale } from '../sandbox/built.ts'
import { type Bench, say, spread } from './figures.ts'
import { type Clinic, callSettled, type Meeting, meet, openClinic } from './meeting.ts'

const calls = 20
/** Each time a little longer, so that the part comes back at any moment of a page's pause. */
const awayMs = (number: number) => 3_000 + number * 350
const noticedMs = 1_000

type Part = {
  readonly bench: string
  /** Kills it, waits, and answers when it was back. */
  restart(clinic: Clinic, meeting: Meeting, ms: number): Promise<number>
}

const here = () => performance.timeOrigin + performance.now()

const bridge: Part = {
  bench: 'picture-after-bridge',
  async restart({ stage }, { clinician, patient }, ms) {
    const from = here()
    stage.jitsi.faults.on('bridge-away', { noticedMs })
    await clinician.page.waitForTimeout(ms)
    stage.jitsi.faults.on('bridge-back')
    const pictures = [clinician, patient].flatMap(({ watched }) => watched.all.filter(({ what }) => what === 'picture'))
    if (pictures.some(({ at }) => at > from + noticedMs)) throw new Error('there was a picture without the bridge')
    return here()
  },
}

const prosody: Part = {
  bench: 'picture-after-prosody',
  async restart({ stage }, { clinician }, ms) {
    stage.jitsi.faults.on('prosody-restart', { awayMs: ms })
    await clinician.page.waitForTimeout(ms)
    return here()
  },
}

export const pictureAfterBridge: Bench = () => measured(bridge)
export const pictureAfterProsody: Bench = () => measured(prosody)

async function measured({ bench, restart }: Part) {
  await buildWhenStale(say)
  const clinic = await openClinic()
  try {
    const seen: Record<Side, number>[] = []
    for (let number = 0; number < calls; number++) {
      const meeting = await meet(clinic, number)
      await callSettled(meeting)
      const back = await restart(clinic, meeting, awayMs(number))
      seen.push(await pictures(meeting, back))
      await meeting.close()
      if (number % 5 === 4) say(`${number + 1} calls`)
    }
    return sides.map((page) => ({ ...{ bench, page, unit: 'ms' }, ...spread(seen.map((one) => one[page])) }))
  } finally {
    await clinic.close()
  }
}

const sides = ['patient', 'clinician'] as const
type Side = (typeof sides)[number]

async function pictures({ clinician, patient }: Meeting, back: number): Promise<Record<Side, number>> {
  const [hers, theirs] = await Promise.all([
    clinician.watched.when('picture', back),
    patient.watched.when('picture', back),
  ])
  return { clinician: hers.at - back, patient: theirs.at - back }
}
