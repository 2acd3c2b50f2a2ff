// Who waits for the same clinicians, and which of them is in a call, over all their visits. Worked out from the rows at most once a second for each
// clinician, whoever asks; a change is told to the first in the queue, and the others see it with their next look.
import { isClinician } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { Instant, OrganisationId, Ref, VisitId } from '../domain/ids.ts'
import { type Asks, partOf, type Queue, type Standing, standingIn, type Waits } from '../domain/visit/queue.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Live } from '../outside/live.ts'
import type { Late } from '../outside/memory/late-words.ts'
import type { Memory } from '../outside/memory/memory.ts'
import type { Shelf } from '../outside/store/store.ts'
import { attendedLately } from './attended-on.ts'
import { keptFresh } from './fresh.ts'
import { presenceAt } from './silence.ts'
import { queueTopic, visitTopic } from './topics.ts'

export type Queues = {
  /** Where whoever has waited at this visit since then stands. */
  standing(visit: Visit, since: Instant): Promise<Standing & { readonly late?: Late }>
  /** Who waits at the visits that are found under these keys of one clinician, and who asks for her otherwise, each the longest first. */
  waitingFor(organisation: OrganisationId, keys: readonly string[]): Promise<Pick<Queue, 'waiting' | 'asking'>>
  /** About how many minutes the clinician under these keys is late, as they say; those who wait for them are told. */
  sayLate(organisation: OrganisationId, keys: readonly string[], minutes: number): Promise<void>
  /** Their last word, while it holds. */
  lateWord(organisation: OrganisationId, keys: readonly string[]): Late | undefined
  /** Something changed at this visit that others who wait for its clinicians may be told of. */
  changed(visit: Visit): void
}

type Parts = {
  readonly visits: Shelf<Visit>
  readonly memory: Pick<Memory, 'openPages' | 'callPages' | 'lateWords' | 'listeningSince'>
  readonly live: Live
  readonly clock: () => number
  readonly now: () => Instant
}

const freshMs = 1_000
/** Who is told of a change at once: a page far back learns of it within the minute. */
const toldAtOnce = 20

export function openQueues(parts: Parts): Queues {
  const { queueUnder, forget } = remembering(parts)
  const queueOf = (visit: Visit) => queueUnder(visit.organisation, keysOfPractitioners(visit))
  const tell = async (visit: Visit) => {
    // A clinician's own page first: how many wait for her does not wait for what is said to them.
    for (const key of keysOfPractitioners(visit)) parts.live.stir(queueTopic(visit.organisation, key))
    const first = (await queueOf(visit)).waiting.toSorted(bySince).slice(0, toldAtOnce)
    for (const one of first) parts.live.stir(visitTopic(one.visit))
  }
  // A row that cannot be read is told of where somebody asks for it.
  const atOnce = oncePerSecond((visit) => void tell(visit).catch(() => undefined))
  const late = lateIn(parts)
  return {
    async standing(visit, since) {
      const here = parts.memory.openPages.whoIsHere(visit.id, parts.now())
      const said = late.lateWord(visit.organisation, keysOfPractitioners(visit))
      return { ...standingIn(await queueOf(visit), visit, since, here.filter(isClinician)), ...given({ late: said }) }
    },
    ...late,
    async waitingFor(organisation, keys) {
      // Not what was known a moment ago: a page that is told at once asks once, and would read who has just left.
      const { waiting, asking } = await freshUnder(parts, organisation, keys)
      return { waiting: waiting.toSorted(bySince), asking: asking.toSorted(bySince) }
    },
    changed(visit) {
      // Whoever changed it reads what is so; what nobody changed may be a second old.
      forget(visit.organisation, keysOfPractitioners(visit))
      // Two organisations may know their clinicians by the same ids.
      const name = [visit.organisation, ...keysOfPractitioners(visit)].join(' ')
      atOnce(name, visit)
    },
  }
}

/** The first of one name is told at once, and of many in the second after it the last, at its end. */
function oncePerSecond(tell: (visit: Visit) => void): (name: string, visit: Visit) => void {
  const told = new Map<string, { again?: Visit }>()
  const tellOf = (name: string, visit: Visit) => {
    const since: { again?: Visit } = {}
    told.set(name, since)
    tell(visit)
    const timer = setTimeout(() => {
      told.delete(name)
      if (since.again !== undefined) tellOf(name, since.again)
    }, freshMs + 100)
    timer.unref()
  }
  return (name, visit) => {
    const since = told.get(name)
    if (since === undefined) tellOf(name, visit)
    else since.again = visit
  }
}

function lateIn(parts: Parts): Pick<Queues, 'lateWord' | 'sayLate'> {
  const { memory, live, now } = parts
  return {
    lateWord: (organisation, keys) => memory.lateWords.of(namesIn(organisation, keys), now()),
    async sayLate(organisation, keys, minutes) {
      memory.lateWords.say(namesIn(organisation, keys), minutes, now())
      const { waiting } = await freshUnder(parts, organisation, keys)
      for (const one of waiting) live.stir(visitTopic(one.visit))
    },
  }
}

/** Two organisations may know their clinicians by the same ids; two EHRs of one that share none stand in the keys (`keysOfPractitioners`). */
const nameIn = (organisation: OrganisationId, key: string) => `${organisation} ${key}`
const namesIn = (organisation: OrganisationId, keys: readonly string[]) => keys.map((key) => nameIn(organisation, key))

/** The queue under some keys of clinicians, as it is now. */
const freshUnder = async (parts: Parts, organisation: OrganisationId, keys: readonly string[]): Promise<Queue> =>
  joined(await Promise.all(keys.map((who) => read(parts, organisation, who))))

/** The same, at most a second old. */
function remembering(parts: Parts) {
  const known = keptFresh<Queue>(freshMs, parts.clock)
  const queueBefore = (organisation: OrganisationId, clinician: string): Promise<Queue> =>
    known.of(nameIn(organisation, clinician), () => read(parts, organisation, clinician))
  return {
    queueUnder: async (organisation: OrganisationId, keys: readonly string[]): Promise<Queue> =>
      joined(await Promise.all(keys.map((who) => queueBefore(organisation, who)))),
    forget(organisation: OrganisationId, keys: readonly string[]): void {
      for (const name of namesIn(organisation, keys)) known.forget(name)
    },
  }
}

/** What a visit is found under by its clinicians, in the store's indexes. */
export const keysOfPractitioners = ({
  base,
  practitioners,
}: Pick<Visit, 'base' | 'practitioners'>): readonly string[] =>
  practitioners.map((ref) => (base === undefined ? ref : `${base}/${ref}`))

const bySince = (a: Waits | Asks, b: Waits | Asks): number => (a.since < b.since ? -1 : 1)

async function read({ visits, memory, now }: Parts, organisation: OrganisationId, clinician: string): Promise<Queue> {
  const at = now()
  const found = (await Promise.all(attendedLately(clinician, at).map((key) => visits.find('attended', key)))).flat()
  // Who came before midnight and another after it may wait at one visit.
  const theirs = onceEach(found, ({ id }) => id).filter((visit) => visit.organisation === organisation)
  const parts = theirs.map((visit) =>
    partOf(visit, {
      here: (person) => presenceAt(memory, visit.id, person, at).is === 'here',
      inCall: () => whoIsIn(memory, visit.id, at),
    }),
  )
  return {
    waiting: parts.flatMap(({ waits }) => waits ?? []),
    asking: parts.flatMap(({ asks }) => asks),
    busy: parts.flatMap(({ busy }) => busy ?? []),
  }
}

const whoIsIn = ({ callPages }: Pick<Memory, 'callPages'>, visit: VisitId, at: Instant): readonly Ref[] =>
  callPages.inCall(visit, at).flatMap((one) => (one.at === 'in' ? one.who : []))

/** Each visit once, though it may stand under several clinicians. */
function joined(queues: readonly Queue[]): Queue {
  const [only, another] = queues
  if (only !== undefined && another === undefined) return only
  return {
    waiting: onceEach(
      queues.flatMap((q) => q.waiting),
      ({ visit }) => visit,
    ),
    asking: onceEach(
      queues.flatMap((q) => q.asking),
      ({ visit, as }) => `${visit} ${as}`,
    ),
    busy: onceEach(
      queues.flatMap((q) => q.busy),
      ({ visit }) => visit,
    ),
  }
}

const onceEach = <T>(all: readonly T[], idOf: (one: T) => string): readonly T[] => [
  ...new Map(all.map((one) => [idOf(one), one])).values(),
]
