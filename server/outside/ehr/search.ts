// A search to its last page. A page that is too large to be read is asked for again, smaller, from the first one on.
// Refuses a page that is none, pages without end, and more than can be kept in mind at once.
import { Refusal } from '../../domain/errors.ts'
import type { Iss } from '../../domain/ids.ts'
import { pagesFrom } from './pages.ts'
import type { LookUp } from './read.ts'
import { type ReadType, SearchPage } from './resources.ts'

export type Params = readonly (readonly [name: string, value: string])[]

type Searching = {
  readonly iss: Iss
  readonly look: LookUp
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How long one page may take, in milliseconds. */
  readonly timeoutMs: number
}

/** How many pages are asked for, of whatever size they come, and how many entries where we say the size. */
const most = { pages: 20, entries: 500 }
/** Of all pages together. */
const mostBytes = 20_000_000
/** How long all pages together may take, in milliseconds. */
const longestMs = 60_000
/** How many entries a page has where the first came too large, and where it is no use to ask for fewer. */
const count = { first: 50, least: 5 }

/** The entries' resources, as they come. Refuses a type that is not served: what cannot be asked for may be there. */
export async function searched(searching: Searching, type: ReadType, params: Params): Promise<readonly unknown[]> {
  const { entries, cut } = await asFarAsItGoes(searching, type, params)
  if (cut !== undefined) throw cut
  return entries
}

/** The same, and what came of it where it was cut short by `cut` before its end. */
type Gathered = { readonly entries: readonly unknown[]; readonly cut?: Refusal }

/** Refuses only what was refused at the first page: what came before a later one went wrong came all the same. */
export async function asFarAsItGoes(searching: Searching, type: ReadType, params: Params): Promise<Gathered> {
  const until = searching.now() + longestMs
  let asked: Params = params
  for (;;) {
    const entries: unknown[] = []
    try {
      await pages(searching, `${type}?${query(asked)}`, { until, most: mostPages(asked), entries })
      return { entries }
    } catch (cause) {
      const smaller = cause instanceof TooLarge ? halved(asked) : undefined
      const refusal = cause instanceof TooLarge ? cause.cause : cause
      if (smaller === undefined && entries.length > 0 && refusal instanceof Refusal) return { entries, cut: refusal }
      if (smaller === undefined) throw refusal
      asked = smaller
    }
  }
}

/** One page was: all together are not helped by smaller ones. */
class TooLarge extends Error {}

const query = (params: Params) => String(new URLSearchParams(params.map(([name, value]) => [name, value])))

const sizeIn = (params: Params) => {
  const told = params.find(([name]) => name === '_count')?.[1]
  return told === undefined ? undefined : Number(told)
}

/** The same search by pages of half the size; undefined where they are as small as they get. */
function halved(params: Params): Params | undefined {
  const size = Math.min(count.first, Math.floor((sizeIn(params) ?? 2 * count.first) / 2))
  if (size < count.least) return undefined
  return [...params.filter(([name]) => name !== '_count'), ['_count', String(size)]]
}

const mostPages = (params: Params) => Math.max(most.pages, Math.ceil(most.entries / (sizeIn(params) ?? most.entries)))

async function pages(
  { iss, look, now, timeoutMs }: Searching,
  first: string,
  { until, most, entries }: { until: number; most: number; entries: unknown[] },
): Promise<void> {
  const seen = new Set<string>()
  let bytes = 0
  const fetchPage = async (url: string): Promise<SearchPage> => {
    // What was not read to its end says nothing about what is not in it: nor does a page that leads back to one before.
    if (seen.size === most || seen.has(url)) throw new Refusal('ehr-failed')
    seen.add(url)
    const left = until - now()
    if (left <= 0) throw new Refusal('ehr-unreachable')
    const found = await look(url, Math.min(timeoutMs, left)).catch(tooLarge)
    // Not for these eyes, or nothing that is served here. A gateway's word, whose server is not there, tells nothing.
    if (found === 'forbidden' || (url === first && found !== 'unsaid' && typeof found === 'string'))
      throw new Refusal('ehr-refused')
    if (typeof found === 'string') throw new Refusal('ehr-failed')
    bytes += found.bytes
    if (bytes > mostBytes) throw new Refusal('ehr-too-large')
    const page = SearchPage.safeParse(found.body)
    if (!page.success || page.data.link?.some(leadsNowhere)) throw new Refusal('ehr-failed')
    return page.data
  }
  for await (const { entry = [] } of pagesFrom(iss, first, fetchPage))
    for (const { resource } of entry) entries.push(resource)
}

/** A next page that nobody can ask for: the search was not read to its end. */
const leadsNowhere = ({ relation, url }: { readonly relation?: string; readonly url?: string }) =>
  relation === 'next' && url === undefined

function tooLarge(cause: unknown): never {
  if (cause instanceof Refusal && cause.code === 'ehr-too-large') throw new TooLarge('', { cause })
  throw cause
}
