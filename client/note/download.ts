// Brings a file from our server to where the browser keeps files. Refuses to hand over anything but what was asked for.
import { type Problem, problemIn } from '../base/api.ts'

export type Download = { readonly name: string } | Problem

const patienceMs = 20_000
/** Some browsers read the file a while after the click. */
const readableMs = 60_000

/** The file's name once the browser has it; else what stands in the way. A plain link could not say that. */
export async function download(path: string): Promise<Download> {
  try {
    const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    if (!response.ok) return problemIn(await response.json().catch(() => undefined), response)
    const name = /filename="([\w.-]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
    if (name === undefined) return { code: 'offline' } // A page of somebody else on the way, such as a network's sign-in.
    handOver(await response.blob(), name)
    return { name }
  } catch {
    return { code: 'offline' } // No connection, no answer in time, or cut off on the way.
  }
}

function handOver(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), readableMs)
}
