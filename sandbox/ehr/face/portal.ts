// Owns the patient's portal: one's own appointments, or one's child's, and the way into the video visit.
import { Router } from 'express'
import type { Appointment } from 'fhir/r4'
import type { UserRef } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import { launchUrl } from '../launch.ts'
import { patientOf } from '../oauth/context.ts'
import { nameOfUser } from './desktop.ts'
import { type Html, html, sendPage } from './html.ts'
import { patientIdOf, type Slot, slotsOfPatient, userFrom, whyShut } from './schedule.ts'
import { type Clock, clockIn, wordOf } from './words.ts'

export function portal(hospital: Hospital): Router {
  const clock = clockIn(hospital.timeZone)
  const router = Router()
  const asked = (query: Record<string, unknown>) => userFrom(hospital, query.user, ['Patient', 'RelatedPerson'])
  router.get('/portal', ({ query }, response) => {
    const user = asked(query)
    const body = user ? appointments(hospital, user, clock) : html`<h1>Nobody is registered here</h1>`
    sendPage(response, { title: 'My appointments', className: 'portal', header: portalHeader(hospital, user), body })
  })
  router.get('/portal/launch', ({ query }, response) => {
    const user = asked(query)
    const patient = user && patientOf(hospital.store, user)
    const appointment = hospital.store.get('Appointment', String(query.appointment))
    if (!user || !patient || !appointment || patientIdOf(appointment) !== patient) {
      sendPage(response, {
        title: 'Not found',
        status: 404,
        className: 'portal',
        body: html`<h1>This is not your appointment</h1>`,
      })
      return
    }
    const request = { user, patient, appointment: String(query.appointment), needPatientBanner: true }
    const url = launchUrl(hospital, typeof query.app === 'string' ? { ...request, app: query.app } : request)
    response.set('Cache-Control', 'no-store').redirect(302, url)
  })
  return router
}

function portalHeader(hospital: Hospital, user: UserRef | undefined): Html {
  const { store } = hospital
  const refs = (['Patient', 'RelatedPerson'] as const).flatMap((type) =>
    store.all(type).map((one): UserRef => `${type}/${one.id ?? ''}`),
  )
  const option = (ref: UserRef) => {
    const isRelative = ref.startsWith('RelatedPerson/')
    const child = isRelative ? ` (for ${nameOfUser(hospital, `Patient/${patientOf(store, ref) ?? ''}`)})` : ''
    return html`<option value="${ref}" ${ref === user && 'selected'}>${nameOfUser(hospital, ref)}${child}</option>`
  }
  return html`<p class="brand">Patient portal</p>
<form action="/portal"><label for="user">Signed in as</label>
<select id="user" name="user">${refs.map(option)}</select><button>Switch</button></form>`
}

function appointments(hospital: Hospital, user: UserRef, clock: Clock): Html {
  const patient = patientOf(hospital.store, user)
  const slots = patient ? slotsOfPatient(hospital, patient) : []
  const isRelative = user.startsWith('RelatedPerson/')
  const whose =
    isRelative && patient ? `Appointments of ${nameOfUser(hospital, `Patient/${patient}`)}` : 'My appointments'
  return html`<h1>${whose}</h1>
<p class="soft">${clock.says}</p>
${slots.length > 0 ? slots.map((slot) => card(hospital, user, slot, clock)) : html`<p>There are no appointments.</p>`}`
}

function card(hospital: Hospital, user: UserRef, slot: Slot, clock: Clock): Html {
  const { appointment } = slot
  const { id = '', start, status, patientInstruction } = appointment
  const title = wordOf(appointment.serviceType?.[0]) ?? 'Appointment'
  const shut = whyShut(hospital, slot)
  const links = hospital.apps.map(({ title: app }, n) => {
    const name = n === 0 ? 'Join video visit' : `Join with ${app}`
    return html`<a class="button first" target="_blank" rel="noopener" aria-label="${name}, ${clock.time(start)}"
href="/portal/launch?user=${user}&amp;appointment=${id}&amp;app=${encodeURIComponent(app)}">${name}</a>`
  })
  return html`<article class="card"><h2>${title}, ${clock.moment(start)}</h2>
<p>With ${clinicianOf(appointment)}. ${appointment.description}</p>${patientInstruction && html`<p>${patientInstruction}</p>`}
<p><span class="state">${status}</span></p>${shut === undefined ? html`<p class="actions">${links}</p>` : html`<p class="soft">${shut}</p>`}</article>`
}

function clinicianOf({ participant }: Appointment): string {
  const clinician = participant.find(({ actor }) => /^Practitioner(Role)?\//.test(actor?.reference ?? ''))
  return clinician?.actor?.display ?? 'your care team'
}
