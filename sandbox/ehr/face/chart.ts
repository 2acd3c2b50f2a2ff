// Owns a patient's chart: what has happened (Encounters), and what was written down (DocumentReferences, their text decoded).
import { Router } from 'express'
import type { DocumentReference, DocumentReferenceContent, Encounter, Patient, Reference } from 'fhir/r4'
import type { UserRef } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import { type Html, html, sendPage } from './html.ts'
import { userFrom } from './schedule.ts'
import { type Clock, nameOf, wordOf } from './words.ts'

export function chart(hospital: Hospital, headerFor: (user: UserRef) => Html, clock: Clock): Router {
  const router = Router()
  router.get('/desktop/patients/:id', ({ params, query }, response) => {
    const patient = hospital.store.get('Patient', params.id)
    const user = userFrom(hospital, query.user, ['Practitioner'])
    if (!patient || !user) {
      sendPage(response, { title: 'Not found', status: 404, body: html`<h1>There is no such patient</h1>` })
      return
    }
    const title = `Chart of ${nameOf(patient)}`
    sendPage(response, { title, header: headerFor(user), body: chartBody(hospital, patient, user, clock) })
  })
  return router
}

export function patientBanner(patient: Patient): Html {
  const number = patient.identifier?.find((one) => one.type?.coding?.some(({ code }) => code === 'MR'))?.value
  return html`<div class="banner" role="group" aria-label="Patient"><b>${nameOf(patient)}</b>
<span>born ${patient.birthDate ?? '–'}</span><span>${patient.gender ?? 'sex not recorded'}</span><span>MRN ${number ?? '–'}</span></div>`
}

function chartBody({ store }: Hospital, patient: Patient, user: UserRef, clock: Clock): Html {
  const theirs = <T extends { subject?: Reference | undefined }>(all: T[]) =>
    all.filter(({ subject }) => subject?.reference === `Patient/${patient.id}`)
  const encounters = theirs(store.all('Encounter')).sort((a, b) => began(b).localeCompare(began(a)))
  const documents = theirs(store.all('DocumentReference')).sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''))
  const allergies = store.all('AllergyIntolerance').filter((one) => one.patient.reference === `Patient/${patient.id}`)
  const lists: [string, (string | undefined)[]][] = [
    ['Problems', theirs(store.all('Condition')).map(({ code }) => wordOf(code))],
    ['Allergies', allergies.map(({ code }) => wordOf(code))],
    ['Medication', theirs(store.all('MedicationRequest')).map((one) => wordOf(one.medicationCodeableConcept))],
  ]
  return html`<p><a href="/desktop?user=${user}">Back to the schedule</a></p>
<h1>Chart</h1><p class="soft">${clock.says}</p>${patientBanner(patient)}
<div class="columns">${lists.map(
    ([title, words]) => html`<section><h2>${title}</h2>
${words.length > 0 ? html`<ul>${words.map((word) => html`<li>${word ?? 'not named'}</li>`)}</ul>` : html`<p>None recorded.</p>`}</section>`,
  )}</div>
<h2>Notes and documents (${documents.length})</h2>
${documents.length > 0 ? documents.map((one) => documentCard(one, clock)) : html`<p>Nothing has been filed.</p>`}
<h2>Encounters (${encounters.length})</h2>
${encounters.length > 0 ? encounterTable(encounters, clock) : html`<p>None.</p>`}`
}

function began({ period }: Encounter): string {
  return period?.start ? new Date(period.start).toISOString() : ''
}

function documentCard(document: DocumentReference, clock: Clock): Html {
  const authors = (document.author ?? []).map(({ display, reference }) => display ?? reference).join(', ')
  const visit = document.context?.period?.start
  const lines: [string, string | undefined][] = [
    ['Status', [document.status, document.docStatus].filter(Boolean).join(', ')],
    ['Author', authors],
    ['Written', document.date && clock.moment(document.date)],
    ['Filed', clock.moment(document.meta?.lastUpdated)],
    ['Category', (document.category ?? []).map((one) => wordOf(one)).join(', ')],
    ['Visit', visit && clock.moment(visit)],
    ['Encounter', document.context?.encounter?.[0]?.reference],
    ['Replaces', document.relatesTo?.map(({ code, target }) => `${code} ${target.reference}`).join(', ')],
    ['Identifier', document.identifier?.map(({ value }) => value).join(', ')],
  ]
  return html`<article class="card"><h3>${wordOf(document.type) ?? 'Document without a type'}</h3>
<dl>${lines.flatMap(([name, value]) => (value ? [html`<dt>${name}</dt><dd>${value}</dd>`] : []))}</dl>
${document.content.map(attachment)}</article>`
}

function attachment({ attachment: { contentType = '', data, title, url } }: DocumentReferenceContent): Html {
  if (!data) return html`<p class="soft">${title ?? contentType} ${url ?? '(empty)'}</p>`
  const bytes = Buffer.from(data, 'base64')
  if (contentType.startsWith('text/plain')) return html`<pre tabindex="0">${bytes.toString('utf8')}</pre>`
  return html`<p class="soft">${title ?? 'Attachment'}: ${contentType}, ${bytes.length} bytes</p>`
}

function encounterTable(encounters: readonly Encounter[], clock: Clock): Html {
  const rows = encounters.map((one) => {
    const who = one.participant?.map(({ individual }) => individual?.display ?? individual?.reference).join(', ')
    return html`<tr><th scope="row">${clock.moment(one.period?.start)}</th>
<td data-label="Ended">${one.period?.end ? clock.moment(one.period.end) : 'open'}</td><td data-label="Status"><span class="state">${one.status}</span></td>
<td>${one.class.display ?? one.class.code}</td><td>${wordOf(one.type?.[0]) ?? '–'}</td><td>${who ?? '–'}</td></tr>`
  })
  return html`<div class="scroll" role="region" aria-label="Encounters" tabindex="0"><table class="stacks">
<thead><tr><th scope="col">Began</th><th scope="col">Ended</th><th scope="col">Status</th><th scope="col">Class</th>
<th scope="col">Type</th><th scope="col">With</th></tr></thead><tbody>${rows}</tbody></table></div>`
}
