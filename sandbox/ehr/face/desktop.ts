// Owns the clinician's desktop: today's schedule, and every way an EHR opens an app from it.
import { Router } from 'express'
import type { LaunchRequest, UserRef } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import { launchUrl } from '../launch.ts'
import { chart, patientBanner } from './chart.ts'
import { type Html, html, sendPage } from './html.ts'
import { dayOf, patientIdOf, type Slot, userFrom, whyShut } from './schedule.ts'
import { type Clock, clockIn, nameOf, wordOf } from './words.ts'

const frameMay = 'camera; microphone; display-capture; autoplay; fullscreen; speaker-selection'

export function desktop(hospital: Hospital): Router {
  const clock = clockIn(hospital.timeZone)
  const router = Router()
  const asked = (query: Record<string, unknown>) => userFrom(hospital, query.user, ['Practitioner'])
  router.get('/desktop', ({ query }, response) => {
    const user = asked(query)
    if (!user) return sendPage(response, { title: 'Schedule', body: html`<h1>Nobody works here</h1>` })
    const title = `Schedule of ${nameOfUser(hospital, user)}`
    sendPage(response, { title, header: desktopHeader(hospital, user, clock), body: schedule(hospital, user, clock) })
  })
  router.get('/desktop/launch', ({ query }, response) => {
    const request = requestFrom(hospital, query, asked(query))
    if (!request) return notFound(response)
    response.set('Cache-Control', 'no-store').redirect(302, launchUrl(hospital, request))
  })
  router.get('/desktop/frame', ({ query }, response) => {
    const request = requestFrom(hospital, query, asked(query))
    if (!request) return notFound(response)
    // The app's own URL, not /desktop/launch: `allow` counts for the origin in src and is lost over a redirect to another.
    const url = launchUrl(hospital, { ...request, needPatientBanner: request.patient === undefined })
    const patient = hospital.store.get('Patient', request.patient ?? '')
    sendPage(response, {
      title: `Video visit${patient ? ` with ${nameOf(patient)}` : ''}`,
      header: desktopHeader(hospital, request.user, clock),
      className: 'framing',
      framesMayShow: [new URL(url).origin],
      body: html`${patient && patientBanner(patient)}
<iframe src="${url}" title="Video visit" allow="${frameMay}"></iframe>`,
    })
  })
  router.use(chart(hospital, (user) => desktopHeader(hospital, user, clock), clock))
  return router
}

type Answerer = Parameters<typeof sendPage>[0]

function notFound(response: Answerer): void {
  sendPage(response, { title: 'Not found', status: 404, body: html`<h1>This is not in the record</h1>` })
}

/** The launch a link stands for; undefined when it names an appointment nobody knows. */
function requestFrom(
  { store }: Hospital,
  { appointment, app }: Record<string, unknown>,
  user: UserRef | undefined,
): LaunchRequest | undefined {
  if (!user) return undefined
  const base = { user, ...(typeof app === 'string' && { app }) }
  if (typeof appointment !== 'string') return base
  const found = store.get('Appointment', appointment)
  const patient = found && patientIdOf(found)
  if (!patient) return undefined
  const reference = `Appointment/${appointment}`
  const encounter = store
    .all('Encounter')
    .find((one) => one.appointment?.some((its) => its.reference === reference))?.id
  return { ...base, patient, appointment, ...(encounter && { encounter }) }
}

export function nameOfUser({ store }: Hospital, user: UserRef): string {
  const [, id = ''] = user.split('/')
  return nameOf(store.get('Practitioner', id) ?? store.get('Patient', id) ?? store.get('RelatedPerson', id))
}

function desktopHeader(hospital: Hospital, user: UserRef, clock: Clock): Html {
  const people = hospital.store
    .all('Practitioner')
    .map((one): [UserRef, string] => [`Practitioner/${one.id ?? ''}`, nameOf(one)])
  const now = hospital.now().toISOString()
  return html`<p class="brand"><a href="/desktop?user=${user}">Sandbox EHR</a></p>
<form action="/desktop"><label for="user">Signed in as</label>
<select id="user" name="user">${people.map(([ref, name]) => html`<option value="${ref}" ${ref === user && 'selected'}>${name}</option>`)}</select>
<button>Switch</button></form>
<p class="when"><a href="/faults">What goes wrong</a></p>
<p>${clock.day(now)}, ${clock.time(now)}</p>`
}

function schedule(hospital: Hospital, user: UserRef, clock: Clock): Html {
  const slots = dayOf(hospital, user, clock)
  const rows = slots.map((slot) => row(hospital, user, slot, clock))
  return html`<h1>Today’s schedule</h1>
<p class="soft">${clock.says} Each link opens the app with a launch of its own.</p>
<div class="scroll" role="region" aria-label="Schedule" tabindex="0"><table class="stacks">
<thead><tr><th scope="col">Time</th><th scope="col">Patient</th><th scope="col">Reason</th><th scope="col">Status</th>
<th scope="col">Encounter</th><th scope="col">Open</th></tr></thead>
<tbody>${rows.length > 0 ? rows : html`<tr><td colspan="6">No appointments today.</td></tr>`}</tbody></table></div>
<h2>Whole day</h2>
<p class="actions">${hospital.apps.map(
    ({
      title,
    }) => html`<a class="button" href="/desktop/launch?user=${user}&amp;app=${encodeURIComponent(title)}" target="_blank" rel="noopener">Open
${title} without a patient</a>`,
  )}</p>`
}

function row(hospital: Hospital, user: UserRef, slot: Slot, clock: Clock): Html {
  const { appointment, patient, encounter } = slot
  const { id = '', status, start, end } = appointment
  const shut = whyShut(hospital, slot)
  const reason = wordOf(appointment.reasonCode?.[0]) ?? appointment.description ?? '–'
  const name = nameOf(patient)
  const open = hospital.apps.map(({ title }, n) => {
    const query = `user=${user}&appointment=${id}&app=${encodeURIComponent(title)}`
    const which = n === 0 ? 'video visit' : title
    return html`<a class="button first" href="/desktop/launch?${query}" target="_blank" rel="noopener"
aria-label="Open ${which} with ${name}">Open ${which}</a>
<a class="button" href="/desktop/frame?${query}" aria-label="Open ${which} with ${name} in a frame">…in a frame</a>`
  })
  return html`<tr class="${shut !== undefined && 'over'}"><td>${clock.time(start)}–${clock.time(end)}</td>
<th scope="row"><a href="/desktop/patients/${patient?.id ?? ''}?user=${user}">${name}</a><br><small>born ${patient?.birthDate ?? '–'}</small></th>
<td>${reason}</td><td data-label="Appointment"><span class="state">${status}</span></td>
<td data-label="Encounter">${encounter ? html`<span class="state">${encounter.status}</span>` : 'none'}</td>
<td>${shut === undefined ? html`<div class="actions">${open}</div>` : html`<span class="soft">${shut}</span>`}</td></tr>`
}
