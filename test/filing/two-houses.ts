// Owns two houses over one store, as two processes are: each files the same note into the same scripted chart; one dies, or is held up so
// long that it is taken for dead. Time passes when the test says so.
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { profileOf, type Statement } from '../../server/domain/ehr/capability.ts'
import { Refusal } from '../../server/domain/errors.ts'
import type { AppointmentId, Instant, Iss, LaunchId, OrganisationId, VisitId } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { type Note, saved, signed } from '../../server/domain/note/note.ts'
import { emptySoap } from '../../server/domain/note/soap.ts'
import type { Launch } from '../../server/domain/sign-in/launch.ts'
import type { Finished } from '../../server/domain/visit/visit-shape.ts'
import { type Party, signedInBy } from '../../server/house/caller.ts'
import { type House, openHouse } from '../../server/house/house.ts'
import { file } from '../../server/steps/file.ts'
import { readNote } from '../../server/steps/note.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { sharedStore } from '../support/shared-store.ts'
import { configFor } from '../support/world.ts'
import { type Chart, type Fate, openChart } from './scripted-chart.ts'

export type Kind = { readonly searchable: boolean; readonly encounters: boolean }

/** One process: its house, whether it is held up, and what it does again and again. */
type Process = {
  readonly house: House
  readonly chart: Chart
  stalled: boolean
  readonly timers: Set<{ due: number; readonly ms: number; readonly act: () => void }>
}

export type TwoHouses = {
  /** What the chart has of the note. */
  docs(): readonly string[]
  /** How often a person, told that nobody knows, had it sent again. */
  again(): number
  /** Whether this house waits for the EHR to answer a writing, and was never held up meanwhile. */
  isSending(at: number): boolean
  /** Whether an answer that the note is there reached a house that lives. */
  isTold(): boolean
  /** What a page at this house says of the filing. */
  shown(at: number): Promise<NoteView['filing']>
  /** Somebody files at this house; answers once they have their reply, or the house waits for the EHR: then undefined. */
  file(at: number, fate: Fate, sendAgain?: boolean): Promise<string | undefined>
  /** The EHR answers what this house asked first. */
  answer(at: number): Promise<void>
  later(seconds: number): Promise<void>
  /** Another process starts in its place. */
  die(at: number): Promise<void>
  stall(at: number): void
  wake(at: number): Promise<void>
}

const start = Date.parse('2026-03-02T15:00:00.000Z')
const visitId = 'visit' as VisitId // sound, as the other ids here: what a test calls an id is one
const iss = 'http://ehr.test/fhir' as Iss
const chen = { who: clinic.practitioners.chen.reference, name: 'Dr. Chen' } as const

export async function openTwo(kind: Kind): Promise<TwoHouses> {
  const state = { now: start, told: false, again: 0 }
  const store = sharedStore()
  const config = configFor('http://localhost', [{ id: 'riverside', ehr: { iss, origin: iss } }], 'nowhere')
  const kept = openChart()
  const begin = (): Process => {
    const timers: Process['timers'] = new Set()
    const every: House['every'] = (ms, act) => {
      const timer = { due: state.now + ms, ms, act }
      timers.add(timer)
      return () => void timers.delete(timer)
    }
    const chart = kept.seenBy(() => {
      state.told = true
    })
    const opened = openHouse({ config, store, record, clock: () => state.now, wait: async () => undefined, every })
    opened.live.close()
    const profile = profileOf({
      statement: statementOf(kind),
      can: {},
      policies: { createEncounters: true, drafts: false },
    })
    return { house: { ...opened, ehr: () => chart.ehr, profile: async () => profile }, chart, stalled: false, timers }
  }
  const houses = [begin(), begin()]
  const at = (which: number): Process => houses[which] ?? begin()
  await at(0).house.notes.add(noteOf(instant(start)))
  const caller: Party = { ...signedInBy(config, launchOf(instant(start))), visit: visitOf(instant(start)) }
  const shown = async (which: number) => {
    const { body } = await readNote(at(which).house, caller)
    return (body as NoteView).filing // sound: that is what the step answers
  }

  return {
    docs: kept.ids,
    again: () => state.again,
    isSending: (which) => at(which).chart.isWriting(),
    isTold: () => state.told,
    shown,
    async file(which, fate, sendAgain = false) {
      const { house, chart, stalled } = at(which)
      if (stalled) return undefined
      if (sendAgain && (await shown(which)).state === 'unknown') state.again++
      chart.next(fate)
      const filing = file(house, caller, { sendAgain }).then(
        ({ body }) => (body as NoteView).filing.state, // sound: as above
        (cause: unknown) => (cause instanceof Refusal ? cause.code : Promise.reject(cause)),
      )
      return Promise.race([filing, settled().then(() => undefined)])
    },
    async answer(which) {
      if (!at(which).stalled) at(which).chart.answer()
      await settled()
    },
    async later(seconds) {
      const until = state.now + seconds * 1000
      for (;;) {
        const awake = houses.filter(({ stalled }) => !stalled)
        const next = Math.min(until, ...awake.flatMap(({ timers }) => [...timers].map(({ due }) => due)))
        state.now = Math.max(state.now, next)
        for (const { timers } of awake) fire(timers, state.now)
        await settled()
        if (next >= until) return
      }
    },
    async die(which) {
      houses[which] = begin()
    },
    stall(which) {
      at(which).stalled = true
      at(which).chart.heldUp()
    },
    async wake(which) {
      at(which).stalled = false
      fire(at(which).timers, state.now)
      await settled()
    },
  }
}

function fire(timers: Process['timers'], now: number): void {
  for (const timer of timers) {
    if (timer.due > now) continue
    timer.due = now + timer.ms
    timer.act()
  }
}

/** Until every house has come as far as it can: nothing here waits for anything but the chart. */
const settled = () => new Promise<void>((done) => setImmediate(() => setImmediate(done)))

const quiet = () => undefined
const log = { info: quiet, warn: quiet, error: quiet }
const record: Parameters<typeof openHouse>[0]['record'] = {
  log,
  logFor: () => log,
  audit: async () => undefined,
  close: async () => undefined,
}

const statementOf = ({ searchable, encounters }: Kind): Statement => ({
  rest: [
    {
      resource: [
        {
          ...{ type: 'DocumentReference', interaction: [{ code: 'create' }] },
          searchParam: searchable ? [{ name: 'identifier' }, { name: 'patient' }] : [],
        },
        { type: 'Encounter', interaction: encounters ? [{ code: 'create' }] : [] },
      ],
    },
  ],
})

function noteOf(at: Instant): Note {
  const kept = { id: visitId, revision: 0, expiresAt: instant(Date.parse(at) + 1e11), savedAt: at, author: chen.who }
  const organisation = 'riverside' as OrganisationId
  const blank: Note = { ...kept, organisation, version: 0, soap: emptySoap, docStatus: 'preliminary' }
  return signed(saved(blank, { ...emptySoap, plan: 'Rest.' }, 0, at), 1, chen, at)
}

const visitOf = (at: Instant): Finished => ({
  ...{ id: visitId, revision: 0, expiresAt: at, organisation: 'riverside' as OrganisationId, iss, opening: 0 },
  ...{ appointment: 'a' as AppointmentId, patient: 'Patient/1', practitioners: [chen.who], attendance: [] },
  ...{ face: { name: 'Ada', clinicians: ['Dr. Chen'] }, start: at, end: at },
  ...{ status: 'finished', startedAt: at, finishedAt: at },
})

const launchOf = (at: Instant): Launch => ({
  ...{ id: 'launch' as LaunchId, revision: 0, expiresAt: at, organisation: 'riverside' as OrganisationId, iss },
  ...{ role: 'clinician', fhirUser: chen.who, name: chen.name, self: [chen.who], patients: [], patientBanner: false },
  ...{ secretHash: '', tokens: { accessToken: 'any', scope: '' }, startedAt: at, seenAt: at, endsAt: at },
  visits: [visitId],
})
