// Owns Firefox as Debian brings it, driven by WebDriver BiDi (W3C WebDriver BiDi): one process, and in it a window for each person with cookies of its
// own. Playwright speaks BiDi too, but asks for a command that Firefox 153 does not have yet.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from '@playwright/test'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { endsWithUs } from '../../sandbox/ending.ts'
import { others, placeOf } from './installed.ts'

/** A camera and a microphone that Firefox plays itself, asked for without a question; and a call within this machine. */
const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.navigator.video.default_fps': 5,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'remote.active-protocols': 1,
  'datareporting.policy.dataSubmissionEnabled': false,
  'browser.shell.checkDefaultBrowser': false,
}

/** Asks for one command, and answers its result. */
type Ask = (method: string, params: object) => Promise<unknown>
type Size = { readonly width: number; readonly height: number }

export type Firefox = { open(size: Size): Promise<FirefoxWindow>; close(): Promise<void> }
export type FirefoxWindow = ReturnType<typeof windowOf>

export async function openFirefox(): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'housecall-firefox-'))
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`)
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  const program = placeOf(others.firefox.needs.firefox) ?? 'firefox'
  const given = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0']
  const child = endsWithUs(spawn(program, given, { stdio: ['ignore', 'ignore', 'pipe'], detached: true }), 'group')
  const gone = new Promise((done) => child.once('exit', done))
  const ask = await connected(await listening(child.stderr))
  await ask('session.new', { capabilities: {} })
  return {
    async open(viewport) {
      const { userContext } = Person.parse(await ask('browser.createUserContext', {}))
      const { context } = Context.parse(await ask('browsingContext.create', { type: 'window', userContext }))
      await ask('browsingContext.setViewport', { context, viewport })
      return windowOf(ask, context)
    },
    async close() {
      await ask('browser.close', {})
      await gone
      await rm(profile, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

const Person = z.looseObject({ userContext: z.string() })
const Context = z.looseObject({ context: z.string() })
const Nodes = z.looseObject({ nodes: z.array(z.looseObject({ sharedId: z.string() })) })
const Tree = z.looseObject({
  contexts: z.array(z.looseObject({ children: z.array(z.looseObject({ context: z.string() })) })),
})
const Evaluated = z.looseObject({ result: z.looseObject({ value: z.unknown() }) })
const Picture = z.looseObject({ data: z.string() })
const Message = z.looseObject({
  id: z.number().nullish(),
  result: z.unknown().optional(),
  error: z.string().optional(),
  message: z.string().optional(),
})

/** Firefox looks for a free port itself, and says it in a line. */
async function listening(said: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(said)) {
    const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1]
    if (found === undefined) continue
    said.resume()
    return `${found}/session`
  }
  throw new Error('Firefox ended before it could be driven')
}

async function connected(url: string): Promise<Ask> {
  const socket = new WebSocket(url)
  const waiting = new Map<number, (message: z.infer<typeof Message>) => void>()
  socket.on('message', (data) => {
    const message = Message.parse(JSON.parse(String(data)))
    if (typeof message.id === 'number') waiting.get(message.id)?.(message)
  })
  await new Promise((open, fail) => socket.once('open', open).once('error', fail))
  let last = 0
  return (method, params) =>
    new Promise((done, fail) => {
      const id = ++last
      waiting.set(id, ({ error, message, result }) => {
        waiting.delete(id)
        if (error === undefined) done(result)
        else fail(new Error(`Firefox refused ${method}: ${error}, ${message}`))
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
}

/** Whether it is at the same place two pictures later: a press where it was before falls on something else. */
const standsStill = `async (one) => {
  one.scrollIntoView({ block: 'center' })
  const place = () => JSON.stringify(one.getBoundingClientRect())
  const before = place()
  // A window that another lies over is drawn seldom, or not at all.
  const drawn = () => Promise.race([new Promise(requestAnimationFrame), new Promise((done) => setTimeout(done, 200))])
  for (let n = 0; n < 2; n++) await drawn()
  return place() === before
}`

/** In the room's page; settles with 0 where no frame comes within a second. */
const framesShown = `new Promise((done) => {
  setTimeout(done, 1_000, 0)
  const video = document.querySelector('video[data-participant]')
  if (video?.videoWidth > 0) video.requestVideoFrameCallback((_now, { presentedFrames }) => done(presentedFrames))
})`

function windowOf(ask: Ask, context: string) {
  const evaluate = async (expression: string, target: string) => {
    const asked = { expression, target: { context: target }, awaitPromise: true }
    return Evaluated.parse(await ask('script.evaluate', asked)).result.value
  }
  const reached = async (locator: object): Promise<object> => {
    const found = async () => Nodes.parse(await ask('browsingContext.locateNodes', { context, locator })).nodes
    await expect.poll(async () => (await found()).length, `there should be one ${JSON.stringify(locator)}`).toBe(1)
    const [element = {}] = await found()
    const call = { functionDeclaration: standsStill, arguments: [element], target: { context }, awaitPromise: true }
    const stands = async () => Evaluated.parse(await ask('script.callFunction', call)).result.value
    await expect.poll(stands, `${JSON.stringify(locator)} should stand still`).toBe(true)
    return { type: 'element', element }
  }
  const click = async (locator: object) => {
    const origin = await reached(locator)
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]
    await ask('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
  }
  return {
    go: async (url: string) => void (await ask('browsingContext.navigate', { context, url, wait: 'none' })),
    /** All that can be read on the page. */
    text: async () => String(await evaluate('document.body?.innerText ?? ""', context)),
    /** Waits for the button that is called so, and presses it. */
    press: (button: string) => click({ type: 'accessibility', value: { role: 'button', name: button } }),
    /** Types at the end of a field, that a selector names. */
    async type(field: string, text: string) {
      await click({ type: 'css', value: field })
      const actions = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })))
      await ask('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] })
    },
    /** Frames of the other person's picture shown so far; 0 where there is none yet. Firefox counts none as decoded where they come from a call. */
    async shown(): Promise<number> {
      const { contexts } = Tree.parse(await ask('browsingContext.getTree', { root: context }))
      // One may be Jitsi's hidden frame, in which nothing runs.
      const frames = (contexts[0]?.children ?? []).map((frame) => evaluate(framesShown, frame.context).catch(() => 0))
      return Math.max(0, ...(await Promise.all(frames)).map(Number))
    },
    picture: async () =>
      Buffer.from(Picture.parse(await ask('browsingContext.captureScreenshot', { context })).data, 'base64'),
  }
}
