// From the press on “Let in” to the waiting page that may join, with a thousand pages waiting: the admission sent, the Appointment read again
// at the EHR, the change kept, the event pushed, and the page's own look that says it is admitted. `admit-join` goes on to the token.
import { buildWhenStale } from '../sandbox/built.ts'
import { admit, lookOf, openPages, tokenFor, type WaitingPage } from './door.ts'
import { type Bench, say, spread } from './figures.ts'
import { book, clinicianOf, openHospital, type Visitor } from './hospital.ts'
import { seed } from './seed.ts'
import { freePort, openSite, startApp } from './site.ts'

const waiting = 1_000
const admissions = 200

export const admitPush: Bench = async () => {
  await buildWhenStale(say)
  const port = await freePort()
  const ehr = await openHospital(`http://127.0.0.1:${port}`)
  const site = await openSite({ port, ehr: ehr.origin })
  try {
    const { people } = await seed(site, waiting)
    await startApp(site)
    // Spread over the door, not the first in line.
    const chosen = people.filter(({ number }) => number % Math.floor(waiting / admissions) === 0)
    await book(ehr, chosen)
    const clinician = await clinicianOf(site.url, ehr, chosen)
    const pages = await openPages(people)
    say(`${pages.length} pages wait`)
    const [push, join]: [number[], number[]] = [[], []]
    for (const page of pages.filter(({ person }) => chosen.includes(person))) {
      const ms = await measured(clinician, page)
      push.push(ms.push)
      join.push(ms.join)
    }
    for (const { stream } of pages) stream.close()
    return [
      { bench: 'admit-push', unit: 'ms', ...spread(push) },
      { bench: 'admit-join', unit: 'ms', ...spread(join) },
    ]
  } finally {
    await site.close()
    await ehr.close()
  }
}

async function measured(clinician: Visitor, page: WaitingPage): Promise<{ push: number; join: number }> {
  const looked = new Promise<void>((done) => {
    page.onLook = done
  })
  const began = performance.now()
  const admission = admit(clinician, page.person)
  await looked
  const { place } = await lookOf(page.person.page)
  const push = performance.now() - began
  await tokenFor(page.person.page)
  const join = performance.now() - began
  const { status, text } = await admission
  if (status !== 200 || place !== 'admitted') throw new Error(`${status} ${text}; the page says ${place}`)
  return { push, join }
}
