// Owns the way of a browser through a launch, one station at a time, so that a test can stop or stray anywhere.
import type { Ehr, LaunchRequest } from '../sandbox/ehr/contract.ts'
import { type Answer, ask, cookiesOf, type Person, personAt } from './people.ts'

/** Our redirect to the EHR: where it leads and the cookie that binds the way back. */
export type Departure = { readonly answer: Answer; readonly cookie: string; readonly location: URL }

/** What the EHR put into our launch URL. */
export async function launchSearch(ehr: Ehr, launch: LaunchRequest): Promise<string> {
  return new URL(await ehr.launchUrl(launch)).search
}

export async function leave(url: string, search: string, headers: Record<string, string> = {}): Promise<Departure> {
  const answer = await ask(url, `/smart/launch${search}`, { headers })
  if (answer.status !== 303) throw new Error(`the launch answered ${answer.status} ${answer.text}`)
  return { answer, cookie: cookiesOf(answer.headers), location: new URL(answer.headers.location ?? '') }
}

/** The EHR signs the person in and sends them back: the path and query of our callback. */
export async function atEhr(location: URL): Promise<string> {
  const back = await fetch(location, { redirect: 'manual' })
  return pathOf(back)
}

/** The EHR asks who is there: the answer to its page, as the browser posts it. */
export async function chooseAtEhr(location: URL, choices: Record<string, string>): Promise<string> {
  const page = await (await fetch(location)).text()
  const pending = /name="pending" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const back = await fetch(new URL('/oauth/sign-in', location), {
    method: 'POST',
    body: new URLSearchParams({ pending, ...choices }),
    redirect: 'manual',
  })
  return pathOf(back)
}

function pathOf(back: Response): string {
  const { pathname, search } = new URL(back.headers.get('location') ?? '')
  return `${pathname}${search}`
}

export const comeBack = (url: string, callback: string, cookie: string, headers: Record<string, string> = {}) =>
  ask(url, callback, { headers: { ...(cookie === '' ? {} : { Cookie: cookie }), ...headers } })

/** Everything up to our callback, which is answered whatever it says. */
export async function arrive(url: string, ehr: Ehr, launch: LaunchRequest): Promise<Answer> {
  const { cookie, location } = await leave(url, await launchSearch(ehr, launch))
  return comeBack(url, await atEhr(location), cookie)
}

export function personOf(url: string, arrived: Answer): Person {
  if (arrived.status !== 303) throw new Error(`the callback answered ${arrived.status} ${arrived.text}`)
  return personAt(url, arrived.headers.location ?? '', cookiesOf(arrived.headers))
}
