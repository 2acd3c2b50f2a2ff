// Owns the standalone launch's pages: who are you, which patient, which encounter. Keeps the app's request meanwhile.
// Refuses answers to a question it did not ask.
import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { FhirResource } from 'fhir/r4'
import { z } from 'zod'
import { at, serves } from '../bases.ts'
import type { UserRef } from '../contract.ts'
import { type Html, html, sendPage } from '../face/html.ts'
import { nameOf } from '../face/words.ts'
import type { Hospital } from '../hospital.ts'
import { type AuthorizationRequest, contextOf, isUserRef, patientOf } from './context.ts'
import { itsName } from './discovery.ts'
import { NowhereToGo } from './errors.ts'
import type { Context } from './grants.ts'

export type SignIn = {
  open(request: AuthorizationRequest, response: Response): void
  answer(request: Request, response: Response): void
}

const Answer = z.object({
  pending: z.string(),
  user: z.string().refine(isUserRef).optional(),
  patient: z.string().optional(),
  encounter: z.string().optional(),
})

type Choices = { user?: UserRef; patient?: string; encounter?: string }

type Question = { name: string; title: string; groups: readonly { label: string; options: readonly Option[] }[] }

type Option = { value: string; label: string; detail?: string }

/** A desk that asks until it knows enough, then lets `finish` send the browser back. */
export function signInDesk(
  whole: Hospital,
  finish: (request: AuthorizationRequest, context: Context, response: Response) => void,
): SignIn {
  const waiting = new Map<string, AuthorizationRequest>()
  const ask = (response: Response, pending: string, request: AuthorizationRequest, choices: Choices) => {
    const hospital = at(whole, request.iss) ?? whole
    if (choices.user && !serves(hospital.base, choices.user))
      throw new NowhereToGo('You do not sign in at this address.')
    const question = nextQuestion(hospital, request, choices)
    if (question) return askOn(hospital, response, request, question, { pending, ...choices })
    waiting.delete(pending)
    if (!choices.user) throw new NowhereToGo('Nobody was chosen.')
    const { user, encounter } = choices
    // A patient's own sign-in is about themselves, whatever the browser sends along.
    const picks = hospital.personality.smart?.standaloneContext ?? true
    const patient = patientOf(hospital.store, user) ?? (picks ? choices.patient : undefined)
    const context = contextOf(hospital, { user, ...(patient && { patient }), ...(encounter && { encounter }) })
    finish(request, context, response)
  }
  return {
    open(request, response) {
      const pending = randomBytes(24).toString('base64url')
      waiting.set(pending, request)
      ask(response, pending, request, {})
    },
    answer({ body }, response) {
      const read = Answer.safeParse(body ?? {})
      const request = read.success ? waiting.get(read.data.pending) : undefined
      if (!read.success || !request) throw new NowhereToGo('This sign-in is over. Go back to the app and start again.')
      const { pending, user, patient, encounter } = read.data
      ask(response, pending, request, {
        ...(user && { user }),
        ...(patient && { patient }),
        ...(encounter !== undefined && { encounter }),
      })
    },
  }
}

function nextQuestion(hospital: Hospital, request: AuthorizationRequest, choices: Choices): Question | undefined {
  const { store, base, personality } = hospital
  const { user } = choices
  if (!user) {
    const group = (label: string, type: 'Practitioner' | 'Patient' | 'RelatedPerson') => ({
      label,
      options: store.all(type).map((one) => ({ value: `${type}/${one.id}`, ...person(one) })),
    })
    const clinicians = [group('Clinicians', 'Practitioner')]
    const others = [group('Patients', 'Patient'), group('Relatives', 'RelatedPerson')]
    const groups = [...(base.users === 'patients' ? [] : clinicians), ...(base.users === 'clinicians' ? [] : others)]
    return { name: 'user', title: 'Who are you?', groups }
  }
  if (personality.smart?.standaloneContext === false) return undefined
  const patient = patientOf(store, user) ?? choices.patient
  if (request.scopes.includes('launch/patient') && !patient) {
    const options = store.all('Patient').map((one) => ({ value: one.id ?? '', ...person(one) }))
    return { name: 'patient', title: 'Which patient?', groups: [{ label: 'Patients', options }] }
  }
  if (request.scopes.includes('launch/encounter') && patient && choices.encounter === undefined) {
    const theirs = store.all('Encounter').filter((one) => one.subject?.reference === `Patient/${patient}`)
    if (theirs.length === 0) return undefined
    const options = theirs.map((one) => ({
      value: one.id ?? '',
      label: `${one.status}, ${one.period?.start ?? 'no time'}`,
    }))
    return {
      name: 'encounter',
      title: 'Which encounter?',
      groups: [{ label: 'Encounters', options: [...options, { value: '', label: 'None of these' }] }],
    }
  }
  return undefined
}

function person(resource: FhirResource): { label: string; detail?: string } {
  const born = resource.resourceType !== 'Practitioner' && 'birthDate' in resource ? resource.birthDate : undefined
  return { label: nameOf(resource), ...(born && { detail: `born ${born}` }) }
}

function askOn(
  hospital: Hospital,
  response: Response,
  request: AuthorizationRequest,
  question: Question,
  known: Record<string, string>,
): void {
  const { name, title, groups } = question
  const hidden = Object.entries(known).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)
  const button = ({ value, label, detail }: Option): Html =>
    html`<li><button name="${name}" value="${value}">${label}${detail ? html` <small>${detail}</small>` : ''}</button></li>`
  const denied = new URL(request.redirectUri)
  denied.searchParams.set('error', 'access_denied')
  denied.searchParams.set('error_description', 'The sign-in was cancelled.')
  denied.searchParams.set('state', request.state)
  for (const [name, value] of Object.entries(itsName(hospital))) denied.searchParams.set(name, value)
  sendPage(response, {
    title,
    formsMayReach: [denied.origin],
    body: html`<h1>${title}</h1>
<p>The app <b>${request.clientId}</b> asks to be let in. Nobody has a password here: choose.</p>
<form method="post" action="/oauth/sign-in">${hidden}
${groups.map(({ label, options }) => html`<h2>${label}</h2><ul class="choices">${options.map(button)}</ul>`)}
</form>
<p><a href="${denied.href}">Cancel and go back to the app</a></p>`,
  })
}

/** The page for somebody who cannot be sent back to any app. */
export function nowhereToGo(response: Response, reason: string): void {
  sendPage(response, {
    title: 'The app could not be opened',
    status: 400,
    body: html`<h1>The app could not be opened</h1><p>${reason}</p>`,
  })
}
