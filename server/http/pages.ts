// The static side: launch.html, hand-over.html, join.html, the page of each side and their assets, as the client build left them.
// Refuses to start without a build. A refused launch is shown by launch.html itself, with the refusal's own status, and so is
// the form that takes a browser to the EHR's sign-in: its script submits it, its button does where no script runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type NextFunction, type Request, type Response, Router } from 'express'
import { type Language, languages, ourLanguage } from '../domain/ehr/languages.ts'
import { Refusal, refusals } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { asMarkup } from '../domain/markup.ts'
import type { Config } from '../settings/config.ts'
import { emergencyIn } from '../settings/texts.ts'
import { know, knownOf } from './guards.ts'
import type { Headers } from './headers.ts'
import { type InLanguage, languageFor } from './language.ts'
import { signInFormWords } from './words.ts'

export type Pages = {
  readonly router: Router
  /** Shows a refusal (or a fault, with the request's number) of the launch to a person; with its seconds, where it passes after some. */
  problem(response: Response, refusal: Pick<Refusal, 'code' | 'detail'> | 'fault', requestId?: string): void
  /** Sends the browser to the EHR's sign-in by POST. */
  sendToSignIn(response: Response, form: Form): void
}

type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> }

export function readPages(config: Config, directory: string, headers: Headers): Pages {
  const pages = pagesIn(directory)
  const dress = (which: PatientPage, response: Response, marks = '') => {
    const inLanguage = languageFor(config, response)
    return marked(ofClinic(pages.patients[inLanguage.language][which], response, inLanguage), marks)
  }
  if (!pages.patients.en.launch.includes(place)) throw new Error('launch.html has no place for its page')
  const problem: Pages['problem'] = (response, refusal, requestId) => {
    const { code, detail = {} } = refusal === 'fault' ? { code: refusal } : refusal
    const status = code === 'fault' ? 500 : refusals[code].status
    const numbered = code === 'fault' && requestId !== undefined ? ` data-request-id="${requestId}"` : ''
    const later = detail.retryAfter === undefined ? '' : ` data-retry-after="${detail.retryAfter}"`
    const html = dress('launch', response, ` data-refusal="${code}"${numbered}${later}`)
    response.status(status).type('html').set('Cache-Control', 'no-store').send(html)
  }
  return {
    router: pageRoutes(directory, { dress, clinician: pages.clinician }, headers),
    problem,
    sendToSignIn(response, form) {
      const { language } = languageFor(config, response)
      response
        .type('html')
        .set('Cache-Control', 'no-store')
        .send(dress('launch', response).replace(place, () => `<div id="page">${signInForm(form, language)}</div>`))
    },
  }
}

type Dressed = {
  /** A page of the patient's side in the language of whoever asks for it, with marks on its root element. */
  dress(which: PatientPage, response: Response, marks?: string): string
  readonly clinician: string
}

function pageRoutes(directory: string, { dress, clinician }: Dressed, headers: Headers): Router {
  const router = Router()
  const page = (html: string, response: Response) =>
    void response.type('html').set('Cache-Control', 'no-cache').send(html)
  for (const path of ['/', '/launch.html', '/patients/launch.html', '/clinicians/launch.html'])
    router.get(path, (request, response) => {
      headers.inWords(response, request.query.iss)
      page(dress('launch', response), response)
    })
  // It stands in no frame. Whose window it is stands in its fragment, which we are not told: the page it goes on to has its clinic's headers.
  router.get('/hand-over.html', (request, response) => {
    // A link elsewhere must not put anybody into a sign-in of its maker's. Fetch Metadata: `none` is an address that was opened by itself.
    const from = request.headers['sec-fetch-site'] ?? 'none'
    know(request, { inWords: true })
    if (from !== 'same-origin' && from !== 'none') throw new Refusal('origin-refused')
    // Opened by a page of ours, its person saw what they pressed. By an address alone (from a mail, a chat, a browser that does not say)
    // it may lead into somebody else's sign-in: then the page asks first.
    page(dress('handOver', response, from === 'same-origin' ? '' : ' data-opened="by-address"'), response)
  })
  // Looks nothing up and sets nothing: what was brought stands in the fragment, until somebody presses.
  router.get('/join.html', knowReader, (_request, response) => page(dress('join', response), response))
  for (const path of ['/v/:launch', '/v/:launch/ehr', '/v/:launch/visits/:visit'])
    router.get(path, (_request, response) =>
      // Whoever is not signed in gets the smaller one, which says that they are not. A clinician's is in English.
      page(
        knownOf(response).role === 'clinician' ? ofClinic(clinician, response) : dress('patient', response),
        response,
      ),
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

/** The link of an invitation says in which language it was written; that says of nobody who they are. */
function knowReader(request: Request, _response: Response, next: NextFunction): void {
  const reads = typeof request.query.reads === 'string' ? ourLanguage(request.query.reads) : undefined
  know(request, given({ speaks: reads && [reads] }))
  next()
}

const place = '<div id="page"></div>'

/** A page that is seen before anybody is signed in, or after, says how its clinic is reached, where it is known whose page it is. */
function ofClinic(html: string, response: Response, { language, on }: InLanguage = { language: 'en', on: [] }): string {
  const { clinic } = knownOf(response)
  // Where there is one alone nothing can be chosen.
  const several = on.length > 1 ? { languages: on.join(' ') } : {}
  if (clinic === undefined) return marked(html, attributesOf(several))
  const { name, phone } = clinic
  const emergency = emergencyIn(clinic, language)
  const other = emergency?.language === language ? undefined : emergency?.language
  const attributes = attributesOf(
    given({ clinic: name, phone, emergency: emergency?.text, 'emergency-language': other, ...several }),
  )
  // Where no script runs nothing would read the attributes.
  const link = `<a class="phone" href="tel:${phone.replace(/[^+\d]/g, '')}">${asMarkup(`${name}: ${phone}`)}</a>`
  const urgent =
    emergency === undefined
      ? ''
      : `<p class="emergency" lang="${emergency.language}" dir="auto">${asMarkup(emergency.text)}</p>`
  return marked(html, attributes).replace('</main></noscript>', () => `<p>${link}</p>${urgent}</main></noscript>`)
}

/** What the page's script reads from its root element. */
const marked = (html: string, attributes: string): string => html.replace('<html', () => `<html${attributes}`)

const attributesOf = (said: Readonly<Record<string, string>>): string =>
  Object.entries(said)
    .map(([key, value]) => ` data-${key}="${asMarkup(value)}"`)
    .join('')

/** Read once: whoever asks for one and does not take it would hold a file open for as long as they like. */
function assetsIn(directory: string): ReadonlyMap<string, Buffer> {
  const folders = languages.map((language) => join(directory, folderOf(language), 'assets')).filter(existsSync)
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => [name, join(folder, name)] as const))
  return new Map(files.map(([name, path]) => [name, readFileSync(path)]))
}

/** Where the build leaves a language's pages; English ones lie above the others. */
const folderOf = (language: Language) => (language === 'en' ? '.' : language)

/** As the build left them. */
function pagesIn(directory: string) {
  const read = (name: string) => readFileSync(join(directory, name), 'utf8')
  const inLanguage = (language: Language) => {
    const page = (name: string) => read(join(folderOf(language), name))
    const [launch, handOver, patient] = [page('launch.html'), page('hand-over.html'), page('client/patient.html')]
    return { launch, handOver, patient, join: page('join.html') }
  }
  const all = languages.map((language) => [language, inLanguage(language)] as const)
  // sound: each language has its pages, or the build is refused above
  const patients = Object.fromEntries(all) as Record<Language, ReturnType<typeof inLanguage>>
  return { clinician: read('client/clinician.html'), patients }
}
type PatientPage = keyof ReturnType<typeof pagesIn>['patients'][Language]

const signInForm = ({ action, fields }: Form, language: Language) => `<main class="card">
<h1>${signInFormWords[language].heading}</h1>
<p>${signInFormWords[language].next}</p>
<form id="leave" method="post" action="${asMarkup(action)}">
${Object.entries(fields)
  .map(([name, value]) => `<input type="hidden" name="${asMarkup(name)}" value="${asMarkup(value)}">`)
  .join('\n')}
<button class="main">${signInFormWords[language].go}</button>
</form>
</main>`
