// One text's way into one EHR, as everything the filing of it needs to know; and the sending that tries again only where that is safe.

import type { Profile } from '../domain/ehr/capability.ts'
import { Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import type { NoteForChart } from '../domain/note/fhir.ts'
import type { Entry } from '../domain/note/ledger.ts'
import { encounterKept } from '../domain/note/note.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { Ehr, Write, Written } from '../outside/ehr/ehr.ts'
import type { Issuer, Organisation } from '../settings/config.ts'
import { issuerOf } from '../settings/issuer.ts'

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

/** One text at the EHR of who is signed in. */
export function taskOf(
  house: House,
  caller: Party,
  entry: Entry,
  { profile, target }: { readonly profile: Profile; readonly target: Target },
): Task {
  const { launch, organisation } = caller
  const forChart = noteForChart(house, caller, entry)
  const { issuer } = issuerOf(house.config, launch)
  return {
    issuer,
    keepEncounter: async (encounter) =>
      void (await house.notes.change(caller.visit.id, (n) => encounterKept(n, entry, encounter))),
    ehr: house.ehr(launch),
    launch,
    organisation,
    forChart,
    target,
    profile,
    foundApart: () => house.memory.batches.saw(issuer.iss),
    wait: house.wait,
  }
}

/** Refuses `visit-not-finished`. */
export function noteForChart(house: House, { visit, organisation, launch }: Party, note: Entry): NoteForChart {
  if (visit.status !== 'finished') throw new Refusal('visit-not-finished')
  const { noteType } = issuerOf(house.config, launch).issuer
  const about = { visit, note, system: house.config.url, timeZone: organisation.timeZone }
  return noteType === undefined ? about : { ...about, noteType }
}

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
