// Owns the page that shows what the clinic's mail server got: each mail as its recipient's program shows it, as text, and its calendar.
import { Router } from 'express'
import type { TakenMail } from '../../mail/server.ts'
import { type Html, html, sendPage } from './html.ts'

export function mailPage(origin: string, mails: () => readonly TakenMail[]): Router {
  const router = Router()
  router.get('/mail', (_request, response) => {
    sendPage(response, { title: 'Mail', header, body: bodyOf(mails()), framesMayShow: [origin] })
  })
  // The mail itself, with nothing but its own styles: as a program that shows mail would let it.
  router.get('/mail/:n', (request, response) => {
    const mail = mails()[Number(request.params.n)]
    if (mail === undefined) return void response.status(404).type('text').send('There is no such mail.')
    const policy = `default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'`
    response.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' }).type('html').send(mail.html)
  })
  return router
}

const header = html`<p class="brand"><a href="/desktop">Sandbox <abbr title="electronic health record">EHR</abbr></a></p>`

const bodyOf = (mails: readonly TakenMail[]): Html => html`<h1>What the clinic’s mail server got</h1>
<p>Nothing is delivered: this server is the sandbox’s own. A patient gets mail here once they ask for it on the page of their visit.</p>
${mails.length === 0 && html`<p>Nothing yet.</p>`}
${mails
  .map((mail, n) => ({ mail, n }))
  .toReversed()
  .map(one)}`

const one = ({ mail, n }: { mail: TakenMail; n: number }): Html => html`<article>
<h2 dir="auto" lang="${mail.language}">${mail.subject}</h2>
<p class="soft">From ${mail.from.name} &lt;${mail.from.address}&gt; to ${mail.to}. <a href="/mail/${n}">By itself</a></p>
<iframe src="/mail/${n}" title="${mail.subject}" sandbox width="640" height="420"></iframe>
<details><summary>As text</summary><pre dir="auto" lang="${mail.language}">${mail.text}</pre></details>
${mail.calendar !== undefined && html`<details><summary>Calendar: ${mail.calendar.method}, number ${mail.calendar.sequence}</summary><pre>${mail.calendar.raw}</pre></details>`}
</article>`
