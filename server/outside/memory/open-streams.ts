// The event streams that are open in this process, and who gives way where there would be too many: a page without one asks every 15 s.
// Refuses nobody: the newest page is the one that somebody looks at, so an older one gives way to it.
import type { Ref, SignInId, VisitId } from '../../domain/ids.ts'

export type OpenStreams = {
  /** Counts a stream in, after those that must give way to it have been told; call what comes back when it ends. */
  opened(of: StreamOf, giveWay: () => void): () => void
  /** How many there are. */
  count(): number
}

/** Whose stream it is: a sign-in's, a person's (by all that tells them from others), and the visit it tells of; a day's tells of none. */
export type StreamOf = {
  readonly signIn: SignInId
  readonly person: `${string}:${Ref}`
  readonly visit?: VisitId
}

/** Browsers open at most six connections to one host by HTTP/1.1: four windows leave two for what people do in them. */
const mostOfSignIn = 4
/** Everybody in a large visit, in two windows each. */
const mostOfVisit = 32

type Stream = StreamOf & { readonly giveWay: () => void }

/** `most` is how many there may be in all. */
export function rememberOpenStreams(most: number): OpenStreams {
  // Sets keep the order in which streams were opened: the first is the oldest.
  const all = new Set<Stream>()
  const ofSignIn = new Map<SignInId, Set<Stream>>()
  const ofVisit = new Map<VisitId, Set<Stream>>()
  const end = (stream: Stream) => {
    all.delete(stream)
    leave(ofSignIn, stream.signIn, stream)
    if (stream.visit !== undefined) leave(ofVisit, stream.visit, stream)
  }
  /** Until there is room for one more in `among`, somebody gives way. */
  const makeRoom = (among: Set<Stream> | undefined, room: number, comer: StreamOf) => {
    while (among !== undefined && among.size >= room) {
      const gone = whoGivesWay(among, comer)
      end(gone)
      gone.giveWay()
    }
  }
  return {
    opened(of, giveWay) {
      makeRoom(ofSignIn.get(of.signIn), mostOfSignIn, of)
      if (of.visit !== undefined) makeRoom(ofVisit.get(of.visit), mostOfVisit, of)
      makeRoom(all, most, of)
      const stream = { ...of, giveWay }
      all.add(stream)
      join(ofSignIn, of.signIn, stream)
      if (of.visit !== undefined) join(ofVisit, of.visit, stream)
      return () => end(stream)
    },
    count: () => all.size,
  }
}

/** The oldest of the same sign-in; where it has none here, the oldest of the person who has the most. */
function whoGivesWay(among: ReadonlySet<Stream>, comer: StreamOf): Stream {
  const counts = new Map<string, number>()
  for (const { person } of among) counts.set(person, (counts.get(person) ?? 0) + 1)
  const most = Math.max(...counts.values())
  const all = [...among]
  const gone = all.find((s) => s.signIn === comer.signIn) ?? all.find((s) => counts.get(s.person) === most)
  if (gone === undefined) throw new Error('nobody has a stream')
  return gone
}

function join<K>(sets: Map<K, Set<Stream>>, key: K, stream: Stream): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(stream))
}

function leave<K>(sets: Map<K, Set<Stream>>, key: K, stream: Stream): void {
  const set = sets.get(key)
  set?.delete(stream)
  if (set?.size === 0) sets.delete(key)
}
