// Owns a browser that listens: the events of a stream as they come, and a wait for the next one that needs no sleeping.
import type { Person } from './people.ts'
import type { World } from './world.ts'

export type Watching = {
  readonly status: number
  /** The revisions heard so far. */
  readonly heard: readonly number[]
  /** All that came over the wire. */
  readonly wire: () => string
  /** How often it was told that something is shown with it which is another now. */
  readonly besides: () => number
  /** Whether the other side has ended it. */
  readonly ended: () => boolean
  /** Settles with the first revision after those heard before that is at least `revision`. */
  until(revision: number): Promise<number>
  stop(): void
}

export async function watch(world: World, person: Person, path: string, lastEventId?: number): Promise<Watching> {
  const away = new AbortController()
  const headers = {
    cookie: person.cookie,
    accept: 'text/event-stream',
    ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
  }
  const response = await fetch(`${world.url}${person.home}${path}`, { headers, signal: away.signal })
  const heard: number[] = []
  let wire = ''
  let over = false
  let tell: () => void = () => undefined
  const reading = async () => {
    const text = new TextDecoder()
    for await (const bytes of response.body ?? []) {
      wire += text.decode(bytes, { stream: true })
      heard.splice(0, heard.length, ...[...wire.matchAll(/^id: (\d+)\nevent: look\n/gm)].map((m) => Number(m[1])))
      tell()
    }
    over = true
  }
  reading().catch(() => undefined) // the test stopped listening, or the world closed
  return {
    status: response.status,
    heard,
    wire: () => wire,
    besides: () => wire.match(/^event: beside$/gm)?.length ?? 0,
    ended: () => over,
    async until(revision) {
      const signal = AbortSignal.timeout(60_000)
      for (;;) {
        const found = heard.find((id) => id >= revision)
        if (found !== undefined) return found
        await new Promise<void>((done, fail) => {
          tell = done
          signal.onabort = () => fail(new Error(`revision ${revision} was never heard of, only ${heard.join(', ')}`))
        })
      }
    },
    stop: () => away.abort(),
  }
}
