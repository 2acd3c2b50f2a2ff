// The sandbox EHR with the seeded Appointments in it, and a clinician who signs in from it over HTTP as a browser would.
// Refuses to go on when the sign-in is refused.
import { clinic } from '../fhir-fixtures/clinic.ts'
import type { Ehr, LaunchRequest } from '../sandbox/ehr/contract.ts'
import { type EhrOptions, startEhr } from '../sandbox/ehr/main.ts'
import { type Ask, ask } from './http.ts'
import { chen, patientName, type Seeded } from './seed.ts'
import { organisation } from './site.ts'

/** Someone signed in: `home` is the URL of their launch. */
export type Visitor = {
  readonly home: string
  readonly headers: { readonly cookie: string; readonly origin: string; readonly accept: string }
}

/** An EHR that knows the app at `url`. */
export const openHospital = (
  url: string,
  more: Pick<EhrOptions, 'inTheWay' | 'resources' | 'personality'> = {},
): Promise<Ehr> =>
  startEhr({
    ...more,
    clients: [
      {
        clientId: 'housecall',
        redirectUris: [`${url}/smart/callback/${organisation}/ehr`],
        auth: { kind: 'private_key_jwt', jwksUrl: `${url}/.well-known/jwks.json` },
      },
    ],
    launchUrls: [{ url: `${url}/launch.html`, title: 'Housecall' }],
  })

/** Makes the Appointments of seeded visits, and their patients, known to the EHR. */
type Booked = Pick<Seeded, 'number' | 'appointment' | 'patient' | 'start' | 'end'>

export async function book(ehr: Ehr, people: readonly Booked[]): Promise<void> {
  for (const { number, appointment, patient, start, end } of people) {
    const name = [{ text: patientName(number) }]
    await ehr.put({ resourceType: 'Patient', id: patient.split('/')[1] ?? '', name, birthDate: '1954-03-09' })
    const actors = [patient, chen].map((reference) => ({ actor: { reference }, status: 'accepted' as const }))
    await ehr.put({ resourceType: 'Appointment', id: appointment, status: 'booked', start, end, participant: actors })
  }
}

export type Departed = { readonly callback: string; readonly headers: Visitor['headers'] }

/** The way to the EHR and back, up to the callback, which is left to the caller. */
export async function atCallback(url: string, ehr: Ehr, launch: LaunchRequest, by: Ask = ask): Promise<Departed> {
  const { search } = new URL(await ehr.launchUrl(launch))
  const away = await by(`${url}/smart/launch${search}`)
  const back = await ask(requestOf(away.text))
  const headers = { cookie: cookieOf(away.headers), origin: url, accept: 'application/json' }
  return { callback: String(back.headers.location), headers }
}

/** The form that leads to the EHR, as the URL the sandbox takes as well. */
function requestOf(page: string): string {
  const plain = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const url = new URL(plain(/<form id="leave" method="post" action="([^"]+)"/.exec(page)?.[1]))
  for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g))
    url.searchParams.append(plain(name), plain(value))
  return url.href
}

/** Comes back from the EHR: answers the launch's URL and what its browser sends from now on. */
export async function arrive(url: string, { callback, headers }: Departed, by: Ask = ask): Promise<Visitor> {
  const arrived = await by(callback, { headers })
  if (arrived.status !== 303) throw new Error(`the callback answered ${arrived.status} ${arrived.text}`)
  return { home: `${url}${arrived.headers.location}`, headers: { ...headers, cookie: cookieOf(arrived.headers) } }
}

export const chensDay: LaunchRequest = { user: clinic.practitioners.chen.reference }

/** Signs the clinician in and opens the visits of these people. */
export async function clinicianOf(url: string, ehr: Ehr, people: readonly Seeded[]): Promise<Visitor> {
  const clinician = await arrive(url, await atCallback(url, ehr, chensDay))
  for (const { appointment } of people) {
    const body = { appointment }
    const opened = await ask(`${clinician.home}/api/visits`, { method: 'POST', headers: clinician.headers, body })
    if (opened.status !== 200) throw new Error(`the visit was refused: ${opened.text}`)
  }
  return clinician
}

/** What a reply's cookies are, as the next request sends them; those it takes away are left out. */
function cookieOf(headers: { readonly [name: string]: string | readonly string[] | undefined }): string {
  const set = headers['set-cookie'] ?? []
  const pairs = (typeof set === 'string' ? [set] : set).map((c) => c.split(';')[0] ?? '')
  return pairs.filter((c) => !c.endsWith('=')).join('; ')
}
