// The pages of a search, walked by fhirclient and fetched by us. fhirclient is fenced here: of its parts only the one that follows a Bundle's
// next link is used, and it has no HTTP of its own: in place of what it would send with, an empty package is installed.
import { createRequire } from 'node:module'
import type FhirClientClass from 'fhirclient/lib/FhirClient.js'
import type { Iss } from '../../domain/ids.ts'
import type { SearchPage } from './resources.ts'

// Loaded by require: fhirclient is CommonJS, and loaders differ in what its default import is.
const { default: FhirClient } = createRequire(import.meta.url)('fhirclient/lib/FhirClient.js') as {
  default: typeof FhirClientClass // sound: the package's own types describe this file
}

/** One page. Refuses for itself what is no page and what leads elsewhere. */
export type FetchPage = (url: string) => Promise<SearchPage>

class Pages extends FhirClient {
  readonly #fetchPage: FetchPage

  constructor(iss: Iss, fetchPage: FetchPage) {
    super(iss)
    this.#fetchPage = fetchPage
  }

  override fhirRequest<T>(url: string | URL): Promise<T> {
    return this.#fetchPage(String(url)) as Promise<T> // sound: `pages` alone asks, and asks for Bundles
  }
}

/** The search's pages in turn, from the first address to where no next link is left. */
export const pagesFrom = (iss: Iss, first: string, fetchPage: FetchPage): AsyncIterable<SearchPage> =>
  new Pages(iss, fetchPage).pages(first) as AsyncIterable<unknown> as AsyncIterable<SearchPage> // sound: what `fetchPage` answered
