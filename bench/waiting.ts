// Ten thousand pages wait: what each costs in memory (its rows, its stream, its place), and whether a restart loses any of their events.
// The app is killed while people are admitted; more are admitted before the pages are back. Each page comes back with what it saw last.
import { join } from 'node:path'
import { buildWhenStale } from '../sandbox/built.ts'
import { admit, lookOf, openPages, type WaitingPage } from './door.ts'
import { type Bench, say } from './figures.ts'
import { inspected, residentBytes } from './heap.ts'
import { book, clinicianOf, openHospital, type Visitor } from './hospital.ts'
import { type Seeded, seed } from './seed.ts'
import { freePort, openSite, type Site, startApp } from './site.ts'

const waiting = 10_000
/** Admitted in each of three moments: while the app is killed, before the pages are back, and after. */
const each = 40
const patienceMs = 5_000

export const waitingRoom: Bench = async () => {
  await buildWhenStale(say)
  const port = await freePort()
  const ehr = await openHospital(`http://127.0.0.1:${port}`)
  const site = await openSite({ port, ehr: ehr.origin })
  try {
    say(`seeding ${waiting} visits`)
    const { people } = await seed(site, waiting)
    const chosen = people.filter(({ number }) => number % (waiting / (3 * each)) < 1).slice(0, 3 * each)
    await book(ehr, chosen)
    const app = await startApp(site, inspected)
    const clinician = await clinicianOf(site.url, ehr, chosen)
    const log = join(site.data, 'app.log')
    const before = await residentBytes(app.pid, log)
    const pages = await openPages(people)
    const perPatient = Math.round(((await residentBytes(app.pid, log)) - before) / waiting)
    say(`${pages.length} pages wait, ${perPatient} bytes each`)
    const first = chosen.slice(0, each).map((person) => admit(clinician, person).catch(() => undefined))
    await Promise.race(first) // some are admitted, some under way, some not begun
    await app.stop('SIGKILL')
    await Promise.all(first)
    const lost = await lostOver(site, clinician, pages, chosen)
    return [{ bench: 'waiting', unit: 'bytes', perPatient, waiting, lost }]
  } finally {
    await site.close()
    await ehr.close()
  }
}

/** How many of the pages did not learn of a change, or lost their place. */
async function lostOver(
  site: Site,
  clinician: Visitor,
  before: readonly WaitingPage[],
  chosen: readonly Seeded[],
): Promise<number> {
  await startApp(site)
  for (const person of chosen.slice(0, 2 * each)) await must(admit(clinician, person))
  const seen = new Map(before.map(({ person, looks }) => [person.number, looks.at(-1)]))
  const pages = await openPages(
    before.map(({ person }) => person),
    ({ number }) => seen.get(number),
  )
  for (const person of chosen.slice(2 * each)) await must(admit(clinician, person))
  say(`${pages.length} pages are back`)
  await new Promise((done) => setTimeout(done, patienceMs))
  const changed = new Set(chosen)
  let lost = 0
  for (let from = 0; from < pages.length; from += 64) {
    const asked = pages.slice(from, from + 64).map(async ({ person, looks }) => {
      const { place, revision } = await lookOf(person.page)
      // What the page heard of last must be the visit as it is, and nobody else stands elsewhere than before.
      const heard = looks.at(-1) ?? seen.get(person.number)
      return heard !== revision || place !== (changed.has(person) ? 'admitted' : 'door')
    })
    lost += (await Promise.all(asked)).filter(Boolean).length
  }
  for (const { stream } of pages) stream.close()
  return lost
}

async function must(admission: ReturnType<typeof admit>): Promise<void> {
  const { status, text } = await admission
  if (status !== 200) throw new Error(`the admission was refused: ${text}`)
}
