// Owns a window of WebKit on a screen of its own, driven by WebDriver (W3C WebDriver, 8 to 17) as Debian brings it: WebKitWebDriver and its
// MiniBrowser. One window is one process of the driver: it holds one session.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { endsWithUs } from '../../sandbox/ending.ts'
import { others, placeOf } from './installed.ts'

export type WebKitWindow = {
  go(url: string): Promise<void>
  /** All that can be read on the page. */
  text(): Promise<string>
  /** Waits for the button that is called so, and presses it. */
  press(button: string): Promise<void>
  /** Runs in the page; answers what it returns. */
  run(script: string): Promise<unknown>
  /** As PNG. */
  picture(): Promise<Buffer>
  close(): Promise<void>
}

const { WebKitWebDriver, Xvfb } = others.webkit.needs

type Screen = { readonly name: string; close(): void }

/** A screen that nobody sees; `name` is what X calls it. */
async function openScreen(): Promise<Screen> {
  // It looks for a free number itself, and tells it by this descriptor.
  const given = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']
  const child = endsWithUs(spawn(placeOf(Xvfb) ?? 'Xvfb', given, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }))
  const [number] = await once(child.stdio[3] as NodeJS.ReadableStream, 'data') // sound: it is a pipe
  return { name: `:${String(number).trim()}`, close: () => void child.kill() }
}

/** On a screen of its own: what lies below another window is never drawn, and no picture of it is to be had. */
export async function openWebKit(): Promise<WebKitWindow> {
  const screen = await openScreen()
  const port = await freePort()
  const env = { ...process.env, DISPLAY: screen.name, LIBGL_ALWAYS_SOFTWARE: '1' }
  const child = endsWithUs(
    spawn(placeOf(WebKitWebDriver) ?? 'WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore', detached: true }),
    'group',
  )
  const driver = `http://127.0.0.1:${port}`
  await expect.poll(() => listens(driver)).toBe(true)
  const capabilities = { alwaysMatch: { acceptInsecureCerts: true } }
  const { sessionId } = z.looseObject({ sessionId: z.string() }).parse(await ask(`${driver}/session`, { capabilities }))
  return driven(`${driver}/session/${sessionId}`, () => {
    child.kill()
    screen.close()
  })
}

function driven(session: string, end: () => void): WebKitWindow {
  const run = (script: string) => ask(`${session}/execute/sync`, { script, args: [] })
  const text = async () => String(await run('return document.body?.innerText ?? ""'))
  return {
    ...{ run, text },
    go: async (url) => void (await ask(`${session}/url`, { url })),
    async press(button) {
      const value = `//button[normalize-space()="${button}"]`
      const found = () => ask(`${session}/elements`, { using: 'xpath', value }).then((all) => Elements.parse(all))
      await expect.poll(async () => (await found()).length, `there should be a button ${button}`).toBe(1)
      const [element = {}] = await found()
      await ask(`${session}/element/${Object.values(element)[0]}/click`, {})
    },
    picture: async () => Buffer.from(z.string().parse(await ask(`${session}/screenshot`)), 'base64'),
    async close() {
      await ask(session, undefined, 'DELETE').catch(() => undefined)
      end()
    },
  }
}

/** Each by one identifier, whose name is the protocol's own. */
const Elements = z.array(z.record(z.string(), z.string()))

async function ask(url: string, body?: object, method = body === undefined ? 'GET' : 'POST'): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(url, { method, ...sent, signal: AbortSignal.timeout(60_000) })
  const { value } = z.looseObject({ value: z.unknown() }).parse(await answer.json())
  if (!answer.ok) throw new Error(`WebKit refused ${method} ${new URL(url).pathname}: ${JSON.stringify(value)}`)
  return value
}

const listens = (driver: string) =>
  fetch(`${driver}/status`).then(
    ({ ok }) => ok,
    () => false,
  )

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
