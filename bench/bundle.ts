// How much script a patient's page loads before the call, as the build makes it: built in memory, so that nothing stale is measured.
// In each language: a page has its words within it. Counts the page's entry, words and all, and what it imports at once; leaves out what is fetched later: the call, and what is said of a problem.
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { type Language, languages } from '../server/domain/ehr/languages.ts'
import type { Bench } from './figures.ts'

/** Bytes, in English and in the heaviest language; more and a phone on a slow line waits visibly. */
export const bundleGoal = 25_000
export const heaviestGoal = 27_500

export type Bundle = {
  readonly language: Language
  /** Bytes of all its scripts, each compressed by itself as it is served. */
  readonly gzip: number
  readonly scripts: readonly { readonly file: string; readonly gzip: number }[]
}

const page = 'client/patient.html'

/** The patient's page before the call. */
export async function patientBundle(language: Language = 'en'): Promise<Bundle> {
  const chunks = await chunksOf(language)
  const entry = chunks.find((c) => c.isEntry && c.facadeModuleId?.endsWith(page))
  if (entry === undefined) throw new Error(`the build has no ${page}`)
  const loaded = new Map<string, Rolldown.OutputChunk>()
  addWithImports(entry, chunks, loaded)
  const scripts = [...loaded.values()].map(({ fileName, code }) => ({ file: fileName, gzip: gzipSync(code).length }))
  return { language, gzip: scripts.reduce((sum, s) => sum + s.gzip, 0), scripts }
}

/** In the language whose words weigh most. */
export async function heaviestBundle(): Promise<Bundle> {
  const all: Bundle[] = []
  for (const language of languages) all.push(await patientBundle(language))
  return all.reduce((a, b) => (b.gzip > a.gzip ? b : a))
}

async function chunksOf(language: Language): Promise<readonly Rolldown.OutputChunk[]> {
  const mode = language === 'en' ? 'patient' : `patient.${language}`
  const built = await build({ mode, logLevel: 'error', build: { write: false } })
  const outputs = Array.isArray(built) ? built : [built]
  return outputs.flatMap((o) => ('output' in o ? o.output : [])).filter((o) => o.type === 'chunk')
}

function addWithImports(
  chunk: Rolldown.OutputChunk,
  all: readonly Rolldown.OutputChunk[],
  loaded: Map<string, Rolldown.OutputChunk>,
): void {
  if (loaded.has(chunk.fileName)) return
  loaded.set(chunk.fileName, chunk)
  for (const name of chunk.imports) {
    const imported = all.find((c) => c.fileName === name)
    if (imported === undefined) throw new Error(`${chunk.fileName} imports ${name}, which the build did not make`)
    addWithImports(imported, all, loaded)
  }
}

export const bundle: Bench = async () => [
  { bench: 'bundle', unit: 'bytes', value: (await patientBundle()).gzip },
  { bench: 'bundle-max', unit: 'bytes', value: (await heaviestBundle()).gzip },
]
