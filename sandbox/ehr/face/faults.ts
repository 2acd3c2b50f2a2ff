// Owns the page on which a person switches on and off what goes wrong: in the EHR, and in what else stands on the same stage.
// Refuses (403) a switch that another site's page sends.
import express, { Router } from 'express'
import type { Board } from '../../board.ts'
import { type Html, html, sendPage } from './html.ts'

export function faultsPage(origin: string, boards: () => readonly Board[]): Router {
  const router = Router()
  router.get('/faults', (_request, response) => {
    sendPage(response, { title: 'What goes wrong', header, body: bodyOf(boards()) })
  })
  router.post('/faults', express.urlencoded({ extended: false, limit: '1kb' }), (request, response) => {
    const from = request.headers.origin
    const sent = request.body as { name?: unknown; to?: unknown } | undefined // sound: each member is looked at
    if (from !== undefined && from !== origin) return void response.status(403).type('text').send('Not from here.')
    const name = String(sent?.name)
    const board = boards().find((one) => one.knows(name))
    if (sent?.to === 'off') board?.off(name)
    else board?.on(name)
    response.set('Cache-Control', 'no-store').redirect(303, board === undefined ? '/faults' : `/faults#${name}`)
  })
  return router
}

const header = html`<p class="brand"><a href="/desktop">Sandbox <abbr title="electronic health record">EHR</abbr></a></p>`

function bodyOf(boards: readonly Board[]): Html {
  const on = boards.flatMap((board) => board.faults().filter(({ is }) => is === 'on'))
  return html`<h1>What goes wrong</h1>
<p>Here you break the hospital on purpose, to see what a clinician and a patient are told then, and that nothing is lost. Open a visit first, switch something on, and go
on in the visit: with <code>fhir-500</code>, for example, sign a note and read what its page says; switch it off, and send the note again.</p>
<p class="soft">Each acts as a real system was seen to act, or is documented to. What is on stays on until it is switched off, or the demo ends.</p>
<h2>${onNow}</h2>
${on.length > 0 ? table(onNow, on) : html`<p>Nothing.</p>`}
${boards.map((board) => html`<h2>${board.title}</h2>${table(board.title, board.faults())}`)}`
}

const onNow = 'On now'
type Fault = ReturnType<Board['faults']>[number]

const table = (label: string, faults: readonly Fault[]): Html =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="stacks">
<thead><tr><th scope="col">Name</th><th scope="col">What it does</th><th scope="col">Switch</th></tr></thead>
<tbody>${faults.map((fault) => row(fault, label !== onNow))}</tbody></table></div>`

const words = { on: 'Switch off', off: 'Switch on', now: 'Do it now' }

/** Its place on the page is the one among all of its part. */
const row = (
  { name, says, is }: Fault,
  anchored: boolean,
): Html => html`<tr ${anchored && html`id="${name}"`}><th scope="row"><code>${name}</code></th>
<td>${says}</td><td><form method="post" action="/faults"><input type="hidden" name="name" value="${name}">
<button name="to" value="${is === 'on' ? 'off' : 'on'}" aria-label="${words[is]}: ${name}">${words[is]}</button></form></td></tr>`
