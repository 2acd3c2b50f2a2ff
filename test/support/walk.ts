// Owns the way of a browser through a launch, one station at a time, so that a test can stop or stray anywhere.
import type { Ehr, LaunchRequest } from '../../sandbox/ehr/contract.ts'
import { type Answer, ask, cookiesOf, type Person, personAt } from './people.ts'

/**
 * Our way to the EHR, as a form or a redirect, and the cookie that binds the way back. `location` has the request in its query,
 * however it is sent.
 */
export type Departure = {
  readonly answer: Answer
  readonly cookie: string
  readonly location: URL
  readonly by: 'get' | 'post'
}

/** What the EHR put into our launch URL. */
export async function launchSearch(ehr: Ehr, launch: LaunchRequest): Promise<string> {
  return new URL(await ehr.launchUrl(launch)).search
}

export async function leave(url: string, search: string, headers: Record<string, string> = {}): Promise<Departure> {
  return leaving(await ask(url, `/smart/launch${search}`, { headers }))
}

/** The way that the answer to a launch leads. */
export function leaving(answer: Answer): Departure {
  const by = answer.status === 303 ? 'get' : 'post'
  const location = by === 'get' ? new URL(answer.headers.location ?? '') : formOf(answer)
  return { answer, cookie: cookiesOf(answer.headers), location, by }
}

/** The form as a browser reads it: its action, with its fields in the query. */
function formOf({ status, text }: Answer): URL {
  const action = /<form id="leave" method="post" action="([^"]+)"/.exec(text)?.[1]
  if (status !== 200 || action === undefined) throw new Error(`the launch answered ${status} ${text}`)
  const location = new URL(plain(action))
  for (const [, name = '', value = ''] of text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g))
    location.searchParams.append(plain(name), plain(value))
  return location
}

const plain = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** The EHR signs the person in and sends them back: the path and query of our callback. The request goes as a browser would send it. */
export async function atEhr(location: URL): Promise<string> {
  return pathOf(await posted(location))
}

const posted = (location: URL) =>
  fetch(`${location.origin}${location.pathname}`, { method: 'POST', body: location.searchParams, redirect: 'manual' })

/** The EHR asks who is there: the answer to its page, as the browser posts it. */
export async function chooseAtEhr(location: URL, choices: Record<string, string>): Promise<string> {
  const page = await (await posted(location)).text()
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
