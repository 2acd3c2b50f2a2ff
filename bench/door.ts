// A waiting room full of open pages: each listens to its visit, and the clinician admits.
// Refuses to go on when a page is refused.

import { z } from 'zod'
import type { Visitor } from './hospital.ts'
import { ask, get, listen, type Stream } from './http.ts'
import type { Page, Seeded } from './seed.ts'

/** A page at the door. `looks` are the revisions it heard of, in order. */
export type WaitingPage = { readonly person: Seeded; readonly looks: number[]; stream: Stream; onLook: () => void }

/** Opens the event stream of each; `lastSeen` says where a page that comes back had got to. */
export async function openPages(
  people: readonly Seeded[],
  lastSeen: (person: Seeded) => number | undefined = () => undefined,
): Promise<readonly WaitingPage[]> {
  const pages: WaitingPage[] = []
  for (let from = 0; from < people.length; from += 64) {
    const some = people.slice(from, from + 64)
    pages.push(...(await Promise.all(some.map((person) => openPage(person, lastSeen(person))))))
  }
  return pages
}

async function openPage(person: Seeded, last: number | undefined): Promise<WaitingPage> {
  const page: WaitingPage = { person, looks: [], stream: { close: () => undefined }, onLook: () => undefined }
  const headers = { ...person.page.headers, ...(last === undefined ? {} : { 'last-event-id': String(last) }) }
  page.stream = await listen(`${person.page.visit}/events`, {
    headers,
    onLook: (revision) => {
      page.looks.push(revision)
      page.onLook()
    },
  })
  return page
}

export function admit(clinician: Visitor, { doorId, page }: Seeded) {
  const visit = page.visit.slice(page.visit.lastIndexOf('/') + 1)
  return ask(`${clinician.home}/api/visits/${visit}/admissions`, {
    method: 'POST',
    headers: clinician.headers,
    body: { doorId },
  })
}

const View = z.object({ revision: z.int(), place: z.object({ at: z.string() }) })

/** What a page is told when it looks: where its person stands, and the visit's revision. */
export async function lookOf({ visit, headers }: Page): Promise<{ place: string; revision: number }> {
  const { status, text } = await get(visit, headers)
  if (status !== 200) throw new Error(`the look was refused: ${text}`)
  const { place, revision } = View.parse(JSON.parse(text))
  return { place: place.at, revision }
}

export async function tokenFor({ visit, headers }: Page): Promise<void> {
  const { status, text } = await ask(`${visit}/room-tokens`, { method: 'POST', headers, body: {} })
  if (status !== 200) throw new Error(`no token: ${text}`)
}
