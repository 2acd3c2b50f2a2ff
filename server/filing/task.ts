// One text's way into one EHR, as everything the filing of it needs to know; and the sending that tries again only where that is safe.

import type { Profile } from '../domain/ehr/capability.ts'
import type { Ref } from '../domain/ids.ts'
import type { NoteForChart } from '../domain/note/fhir.ts'
import type { Entry } from '../domain/note/ledger.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import type { Ehr, Write, Written } from '../outside/ehr/ehr.ts'
import type { Issuer, Organisation } from '../settings/config.ts'

export type Task = {
  readonly ehr: Ehr
  readonly launch: Launch
  readonly forChart: NoteForChart
  readonly profile: Profile
  readonly organisation: Organisation
  readonly issuer: Issuer
  readonly target: Target
  /** Writes an Encounter that was made into the ledger, before anything else is sent. */
  readonly keepEncounter: (encounter: Ref<'Encounter'>) => Promise<void>
  /** Remembers that this EHR works a transaction off as a batch: from now on it gets one after the other. */
  readonly foundApart: () => void
  /** Lets so many milliseconds pass. */
  readonly wait: (ms: number) => Promise<void>
}

/** What the text becomes in the chart: a note of its own, a new one that replaces another, or a new version of one. */
export type Target =
  | { readonly how: 'new' }
  | { readonly how: 'replace'; readonly ref: Ref<'DocumentReference'>; readonly was: Entry }
  /** `was`: the text that stands there, as we sent it; absent where it is only looked for. `isDraft`: it was never signed. */
  | { readonly how: 'update'; readonly ref: Ref<'DocumentReference'>; readonly was?: Entry; readonly isDraft?: true }

/** Longer than this nobody is kept waiting at the screen: then the ledger says when to come back. */
const longestSeconds = 10
const pauses = [1, 2, 4]

/** Sends, and again by itself only where the EHR certainly took nothing: 429, after the time it asks for, and a refused connection. */
export async function patiently({ ehr, wait }: Pick<Task, 'ehr' | 'wait'>, write: Write): Promise<Written> {
  let waited = 0
  for (const pause of pauses) {
    const sent = await ehr.write(write)
    if (sent.outcome !== 'busy' && sent.outcome !== 'not-sent') return sent
    const seconds = sent.outcome === 'busy' ? Math.max(sent.seconds ?? pause, 1) : pause
    if (waited + seconds > longestSeconds) return sent
    await wait(seconds * 1000)
    waited += seconds
  }
  return ehr.write(write)
}
