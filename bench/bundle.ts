// How much script a patient's page loads before the call, as the build makes it: built in memory, so that nothing stale is measured.
// Counts the page's entry, words and all, and what it imports at once; leaves out what is fetched later: the call, and what is said of a problem.
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import type { Bench } from './figures.ts'

/** Bytes; more and a phone on a slow line waits visibly. */
export const bundleGoal = 21_000

export type Bundle = {
  /** Bytes of all its scripts, each compressed by itself as it is served. */
  readonly gzip: number
  readonly scripts: readonly { readonly file: string; readonly gzip: number }[]
}

const page = 'client/patient.html'

/** The patient's page before the call. */
export async function patientBundle(): Promise<Bundle> {
  const chunks = await chunksOf()
  const entry = chunks.find((c) => c.isEntry && c.facadeModuleId?.endsWith(page))
  if (entry === undefined) throw new Error(`the build has no ${page}`)
  const loaded = new Map<string, Rolldown.OutputChunk>()
  addWithImports(entry, chunks, loaded)
  const scripts = [...loaded.values()].map(({ fileName, code }) => ({ file: fileName, gzip: gzipSync(code).length }))
  return { gzip: scripts.reduce((sum, s) => sum + s.gzip, 0), scripts }
}

async function chunksOf(): Promise<readonly Rolldown.OutputChunk[]> {
  const built = await build({ mode: 'patient', logLevel: 'error', build: { write: false } })
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

export const bundle: Bench = async () => [{ bench: 'bundle', unit: 'bytes', value: (await patientBundle()).gzip }]
