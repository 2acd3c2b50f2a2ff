// Owns HTML on the server: a template tag that escapes every value, and the frame of every page with its headers.
import type { Response } from 'express'

export type Html = { readonly html: string }

type Value = string | number | undefined | false | Html | readonly Html[]

/** `html\`<p>${text}</p>\``: text is escaped, Html goes in as it is, undefined and false are nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.reduce((text, part, n) => text + show(values[n - 1]) + part) }
}

function show(value: Value): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return 'html' in value ? value.html : value.map((one) => one.html).join('\n')
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

export type Page = {
  title: string
  header?: Html
  body: Html
  status?: number
  /** Origins a form of this page may end up at: browsers hold redirects after a form to form-action too. */
  formsMayReach?: readonly string[]
  /** Origins this page may put in a frame. */
  framesMayShow?: readonly string[]
  className?: string
}

export function sendPage(response: Response, page: Page): void {
  const { title, header, body, status = 200, formsMayReach = [], framesMayShow = [], className = '' } = page
  const policy = [
    `default-src 'none'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `base-uri 'none'`,
    `frame-ancestors 'self'`,
    `form-action ${["'self'", ...formsMayReach].join(' ')}`,
    `frame-src ${["'self'", ...framesMayShow].join(' ')}`,
  ]
  response
    .status(status)
    .type('html')
    .set({
      'Content-Security-Policy': policy.join('; '),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
  response.send(
    html`${{ html: '<!doctype html>' }}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Sandbox EHR</title>
<link rel="stylesheet" href="/ehr.css">
<link rel="icon" href="data:,">
</head>
<body class="${className}">
<header>${header ?? html`<p class="brand">Sandbox <abbr title="electronic health record">EHR</abbr></p>`}</header>
<main>${body}</main>
</body>
</html>`.html,
  )
}
