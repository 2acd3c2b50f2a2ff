// From the clinician's press that lets the patient in to the first frame of the other person's video decoded in each page; she was not
// in the room before. From the same visits what Jitsi's own budgets are about: from the room's page, and from the later one's joining.
// Near: both on the machine of the servers. Far: each 40 ms from all servers and from the other, and Jitsi's page is as heavy as the real one.
import type { Page } from '@playwright/test'
import { buildWhenStale } from '../sandbox/built.ts'
import { type Bench, median, rounded, say, spread } from './figures.ts'
import { type Clinic, type Meeting, meet, openClinic, type Someone } from './meeting.ts'
import { openWay } from './way.ts'

const visits = 20
const unwarmedVisits = 10
const warmUp = 2
/** Of script: what a whole Jitsi brings on the first visit. */
const heavyBytes = 6_000_000
/** Nobody is let in within the second they knock: meanwhile the pages bring what they bring beforehand. */
const beforeMs = 2_000
/** Of jitsi-meet-torture's connection test, in milliseconds. */
const budget = { page: 4_750, join: 1_950 }
/** As far as a phone or a clinic may be from the servers: one way. */
const farMs = 40

export const firstPicture: Bench = async () => {
  await buildWhenStale(say)
  const clinic = await openClinic()
  try {
    return figuresOf('', await seenIn(clinic, { count: visits }))
  } finally {
    await clinic.close()
  }
}

/** With a page as heavy as the real one; a few times more with browsers that were told to save data, which nothing is brought before the call. */
export const firstPictureFar: Bench = async () => {
  await buildWhenStale(say)
  const clinic = await openClinic({ heavyBytes })
  try {
    const warmed = await seenIn(clinic, { count: visits, lateMs: farMs })
    const unwarmed = await seenIn(clinic, { count: unwarmedVisits, lateMs: farMs, saves: true, first: visits + warmUp })
    return [...figuresOf('-far', warmed), ...figuresOf('-far-unwarmed', unwarmed)]
  } finally {
    await clinic.close()
  }
}

/** `first`: the number of the first patient; each comes once. */
type Visits = { readonly count: number; readonly first?: number; readonly lateMs?: number; readonly saves?: boolean }

/** One visit after the other, those to warm up left out. */
async function seenIn(
  clinic: Clinic,
  { count, first = 0, lateMs = 0, saves = false }: Visits,
): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for (let n = 0; n < count + warmUp; n++) {
    const way = lateMs === 0 ? undefined : await openWay(lateMs)
    const meeting = await meet(clinic, first + n, way && { way, whose: 'both', saves })
    seen.push(await admitted(meeting))
    await meeting.close()
    way?.close()
    if (n % 5 === 4) say(`${n + 1} visits`)
  }
  return seen.slice(warmUp)
}

const figuresOf = (where: string, seen: readonly Seen[]) =>
  sides.flatMap((side) =>
    figures(
      where,
      side,
      seen.map((one) => one[side]),
    ),
  )

const sides = ['patient', 'clinician'] as const
type Side = (typeof sides)[number]

/** Instants in milliseconds since 1970. */
type Steps = {
  readonly press: number
  /** Our server has answered the press. */
  readonly admitted: number
  readonly asked: number
  readonly token: number
  readonly roomPage: number
  readonly devices: number
  readonly joined: number
  /** The later of the two has joined. */
  readonly both: number
  readonly connected: number
  readonly picture: number
}
type Seen = Readonly<Record<Side, Steps>>
/** Each is printed with its median since the press. */
const shown = ['admitted', 'asked', 'token', 'roomPage', 'devices', 'joined', 'both', 'connected', 'picture'] as const

async function admitted({ clinician, patient, admit }: Meeting): Promise<Seen> {
  await clinician.page.waitForTimeout(beforeMs)
  await admit()
  const { at: press } = await clinician.watched.when('press')
  const [joined, joinedToo] = await Promise.all([clinician, patient].map(({ watched }) => watched.when('joined')))
  const both = Math.max(joined?.at ?? 0, joinedToo?.at ?? 0)
  await Promise.all([clinician, patient].map(({ watched }) => watched.when('picture')))
  const answered = (await asked(clinician.page, '/admissions')).until
  const common = { press, both, admitted: answered }
  return { patient: await steps(patient, common), clinician: await steps(clinician, common) }
}

async function steps({ page, watched }: Someone, common: Pick<Steps, 'press' | 'both' | 'admitted'>): Promise<Steps> {
  const at = async (what: Parameters<typeof watched.when>[0]) => (await watched.when(what)).at
  const { from, until } = await asked(page, '/room-tokens')
  return {
    ...{ ...common, asked: from, token: until, roomPage: await at('room-page'), devices: await at('devices') },
    ...{ joined: await at('joined'), connected: await at('connected'), picture: await at('picture') },
  }
}

/** When the page sent its first request to a path that ends so, and when it had the answer. */
async function asked(page: Page, path: string): Promise<{ from: number; until: number }> {
  const found = await page.evaluate((path) => {
    const entry = performance.getEntriesByType('resource').find(({ name }) => name.endsWith(path))
    if (!(entry instanceof PerformanceResourceTiming)) return undefined
    const { timeOrigin } = performance
    return { from: timeOrigin + entry.startTime, until: timeOrigin + entry.responseEnd }
  }, path)
  if (found === undefined) throw new Error(`the page did not ask for ${path}`)
  return found
}

function figures(where: string, page: Side, seen: readonly Steps[]) {
  const between = (from: keyof Steps, to: keyof Steps) => seen.map((one) => one[to] - one[from])
  const ms = { page, unit: 'ms' } as const
  return [
    { bench: `first-picture${where}`, ...ms, ...spread(between('press', 'picture')) },
    { bench: `page-to-video${where}`, ...ms, ...spread(between('roomPage', 'picture')), budget: budget.page },
    { bench: `join-to-video${where}`, ...ms, ...spread(between('both', 'picture')), budget: budget.join },
    {
      ...{ bench: `first-picture-steps${where}`, ...ms },
      ...Object.fromEntries(shown.map((step) => [step, rounded(median(between('press', step)), 0)])),
    },
  ]
}
