// The static side: launch.html, hand-over.html, the page of each side and their assets, as the client build left them.
// Refuses to start without a build. A refused launch is shown by launch.html itself, with the refusal's own status, and so is
// the form that takes a browser to the EHR's sign-in: its script submits it, its button does where no script runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type Response, Router } from 'express'
import { Refusal, refusals } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { know, knownOf } from './guards.ts'
import type { Headers } from './headers.ts'
import { signInFormWords } from './words.ts'

export type Pages = {
  readonly router: Router
  /** Shows a refusal (or a fault, with the request's number) of the launch to a person; with its seconds, where it passes after some. */
  problem(response: Response, refusal: Pick<Refusal, 'code' | 'detail'> | 'fault', requestId?: string): void
  /** Sends the browser to the EHR's sign-in by POST. */
  sendToSignIn(response: Response, form: Form): void
}

type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> }

export function readPages(directory: string, headers: Headers): Pages {
  const pages = pagesIn(directory)
  const { launch } = pages
  if (!launch.includes(place)) throw new Error('launch.html has no place for its page')
  const problem: Pages['problem'] = (response, refusal, requestId) => {
    const { code, detail = {} } = refusal === 'fault' ? { code: refusal } : refusal
    const status = code === 'fault' ? 500 : refusals[code].status
    const numbered = code === 'fault' && requestId !== undefined ? ` data-request-id="${requestId}"` : ''
    const later = detail.retryAfter === undefined ? '' : ` data-retry-after="${detail.retryAfter}"`
    const html = ofClinic(launch, response).replace('<html', `<html data-refusal="${code}"${numbered}${later}`)
    response.status(status).type('html').set('Cache-Control', 'no-store').send(html)
  }
  return {
    router: pageRoutes(directory, pages, headers),
    problem,
    sendToSignIn(response, form) {
      response
        .type('html')
        .set('Cache-Control', 'no-store')
        .send(ofClinic(launch, response).replace(place, () => `<div id="page">${signInForm(form)}</div>`))
    },
  }
}

function pageRoutes(directory: string, pages: ReturnType<typeof pagesIn>, headers: Headers): Router {
  const { launch, clinician, patient, handOver } = pages
  const router = Router()
  const page = (html: string) => (_: unknown, response: Response) =>
    response.type('html').set('Cache-Control', 'no-cache').send(ofClinic(html, response))
  for (const path of ['/', '/launch.html', '/patients/launch.html', '/clinicians/launch.html'])
    router.get(path, (request, response) => {
      headers.inWords(response, request.query.iss)
      page(launch)(request, response)
    })
  const handOverByAddress = handOver.replace('<html', '<html data-opened="by-address"')
  // It stands in no frame. Whose window it is stands in its fragment, which we are not told: the page it goes on to has its clinic's headers.
  router.get('/hand-over.html', (request, response) => {
    // A link elsewhere must not put anybody into a sign-in of its maker's. Fetch Metadata: `none` is an address that was opened by itself.
    const from = request.headers['sec-fetch-site'] ?? 'none'
    know(request, { inWords: true })
    if (from !== 'same-origin' && from !== 'none') throw new Refusal('origin-refused')
    // Opened by a page of ours, its person saw what they pressed. By an address alone (from a mail, a chat, a browser that does not say)
    // it may lead into somebody else's sign-in: then the page asks first.
    page(from === 'same-origin' ? handOver : handOverByAddress)(request, response)
  })
  for (const path of ['/v/:launch', '/v/:launch/ehr', '/v/:launch/visits/:visit'])
    router.get(path, (request, response) =>
      // Whoever is not signed in gets the smaller one, which says that they are not.
      page(knownOf(response).role === 'clinician' ? clinician : patient)(request, response),
    )
  const assets = assetsIn(directory)
  router.get('/assets/:file', (request, response) => {
    const bytes = assets.get(request.params.file)
    if (bytes === undefined) throw new Refusal('not-found')
    // Their names hold a hash of their content.
    response.set('Cache-Control', 'public, max-age=31536000, immutable').type(extname(request.params.file)).send(bytes)
  })
  return router
}

const place = '<div id="page"></div>'

/** A page that is seen before anybody is signed in, or after, says how its clinic is reached, where it is known whose page it is. */
function ofClinic(html: string, response: Response): string {
  const { clinic } = knownOf(response)
  if (clinic === undefined) return html
  const { name, phone, emergency } = clinic
  const said = Object.entries(given({ clinic: name, phone, emergency }))
  const attributes = said.map(([key, value]) => ` data-${key}="${escaped(value)}"`).join('')
  // Where no script runs nothing would read the attributes.
  const link = `<a class="phone" href="tel:${phone.replace(/[^+\d]/g, '')}">${escaped(`${name}: ${phone}`)}</a>`
  const urgent = emergency === undefined ? '' : `<p class="emergency">${escaped(emergency)}</p>`
  return html
    .replace('<html', () => `<html${attributes}`)
    .replace('</main></noscript>', () => `<p>${link}</p>${urgent}</main></noscript>`)
}

/** Read once: whoever asks for one and does not take it would hold a file open for as long as they like. */
function assetsIn(directory: string): ReadonlyMap<string, Buffer> {
  const folder = join(directory, 'assets')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}

/** As the build left them. */
function pagesIn(directory: string) {
  const read = (name: string) => readFileSync(join(directory, name), 'utf8')
  const [clinician, patient] = [read('client/clinician.html'), read('client/patient.html')]
  return { launch: read('launch.html'), handOver: read('hand-over.html'), clinician, patient }
}

const signInForm = ({ action, fields }: Form) => `<main class="card">
<h1>${signInFormWords.heading}</h1>
<p>${signInFormWords.next}</p>
<form id="leave" method="post" action="${escaped(action)}">
${Object.entries(fields)
  .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
  .join('\n')}
<button class="main">${signInFormWords.go}</button>
</form>
</main>`

/** For an attribute in double quotes. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
