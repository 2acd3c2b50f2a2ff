// Owns what Jitsi serves over HTTP: its script, the room page, and the page's own files. Everything else is 404.
// Refuses to be framed by anyone not named, and keeps no log: the frame's URL carries the token.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Response } from 'express'
import type { Faults } from './faults.ts'
import { openFiles } from './files.ts'

const folder = join(import.meta.dirname, 'public')
const slowMs = 5_000
// The beginning, a room, or a tenant and a room: all show the web app. No dots: what has one is a file, and there is no such file.
const roomPath = /^\/(?:(?:[\w-]+\/)?[\w-]+\/?)?$/
// Jitsi's own server-side addresses; none of them is a room.
const reserved = /^\/(?:libs|css|images|static|room-census|end-meeting|http-bind|xmpp-websocket)(?:\/|$)/

type Serving = {
  faults: Faults
  frameAncestors: readonly string[]
  counted?: () => object
  /** So many bytes of script more in its page. */
  heavyBytes?: number | undefined
}

export function servePages({ faults, frameAncestors, counted, heavyBytes }: Serving) {
  const files = openFiles(heavyBytes)
  const app = express()
  app.disable('x-powered-by')
  app.use((request, response, next) => {
    if (faults.has('away')) return void request.socket.destroy()
    response.set({ 'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
    next()
  })
  app.get('/external_api.js', ({ query }, response) => {
    if (faults.has('script-moved') && !('moved' in query)) response.redirect('/external_api.js?moved')
    else sendScript(response, faults)
  })
  // What is asked there without an upgrade: Prosody's own page, or the word of the web server that finds no Prosody.
  app.get('/xmpp-websocket', (_request, response) => {
    if (faults.has('signalling-down')) response.status(502).type('html').send('<title>502 Bad Gateway</title>')
    else response.type('html').send('<!doctype html><title>Websocket</title>')
  })
  if (counted) app.get('/room-census', (_request, response) => void response.json(counted()))
  app.get('/libs/:name', files.send)
  app.get(roomPath, (request, response, next) => {
    if (reserved.test(request.path)) return next()
    if (faults.has('room-500')) return void response.status(500).type('text').send('room-500')
    response.set(roomHeaders(frameAncestors, request.headers.host ?? ''))
    response.type('html').send(files.room)
  })
  app.use((_request, response) => void response.status(404).type('text').send('Not found'))
  return app
}

const script = readFileSync(join(folder, 'external_api.js'))
const scriptNow = (faults: Faults) =>
  faults.has('script-updated') ? Buffer.concat([script, Buffer.from('// the next release\n')]) : script

/** What its external_api.js is now, as the settings of a page around it approve it (`integrity`, W3C SRI). */
export const scriptHash = (faults: Faults, algorithm: 'sha256' | 'sha384' = 'sha384') =>
  `${algorithm}-${createHash(algorithm).update(scriptNow(faults)).digest('base64')}`

function endless(response: Response) {
  response.type('js')
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  }
  response.on('drain', more)
  more()
}

function sendScript(response: Response, faults: Faults) {
  if (faults.has('script-500')) return void response.status(500).type('text').send('script-500')
  // A sign-in proxy answers 200 with a page: the script "loads", and defines nothing.
  if (faults.has('script-html')) return void response.type('html').send('<!doctype html><title>Sign in</title>')
  if (faults.has('script-endless')) return endless(response)
  const send = () => void response.type('js').send(scriptNow(faults))
  if (faults.has('script-slow')) setTimeout(send, slowMs).unref()
  else send()
}

// Jitsi must name its hosts itself: without that line a browser shows the frame as refused.
const roomHeaders = (frameAncestors: readonly string[], host: string) => ({
  'Content-Security-Policy': [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `media-src 'self' blob:`,
    `connect-src 'self' ws://${host} wss://${host}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${frameAncestors.join(' ') || `'none'`}`,
  ].join('; '),
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
})
