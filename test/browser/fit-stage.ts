// Owns pages of ours without a server behind them: the built client, and answers that a test has written. Each refusal is then one press away, in
// any state of a visit.
// Refuses what a scene has no answer for: the page says that it is not found.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Frame, Page } from '@playwright/test'
import { languages } from '../../server/domain/ehr/languages.ts'

const built = join(import.meta.dirname, '../../dist/client')
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }

export type Scene = {
  readonly html: 'client/clinician.html' | 'client/patient.html' | 'launch.html' | 'hand-over.html'
  /** Below the scene's own launch. */
  readonly at: '' | '/ehr' | '/visits/v' | '#key'
  /**
   * By what is asked below `api/`, a visit's as `visit`: what it is answered, or the code that refuses it. With `PUT ` before it, what is written there.
   */
  readonly answers: Readonly<Record<string, object | string>>
  /** English unless told. */
  readonly language?: string
  /** What our server writes into the page itself. */
  readonly data?: Readonly<Record<string, string>>
}

/** Shows a scene, alone or within an EHR's page, and answers the frame that it is in. */
export type Stage = { show(page: Page, scene: Scene, framed: boolean): Promise<Frame>; close(): void }

/** On this machine, which is a secure context as ours is: elsewhere no page is allowed a camera. */
export async function openScenes(): Promise<Stage> {
  const scenes: Scene[] = []
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const say = (type: string, body: string | Buffer) => {
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'max-age=3600' }).end(body)
    }
    if (pathname.startsWith('/assets/')) return say(types[extname(pathname)] ?? '', assetOf(pathname))
    const [, framed, number] = /^(\/ehr)?\/v\/(\d+)/.exec(pathname) ?? []
    const scene = scenes[Number(number)]
    if (scene === undefined) return response.writeHead(404).end()
    return say('text/html', framed === undefined ? pageOf(scene) : around(pathname.slice(framed.length)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // sound: it listens on a port
  return {
    async show(page, scene, framed) {
      const at = `/v/${scenes.push(scene) - 1}${scene.at}`
      await page.goto(`http://localhost:${port}${framed ? '/ehr' : ''}${at}`)
      return page.frames().at(-1) ?? page.mainFrame()
    },
    close: () => void server.close().closeAllConnections(),
  }
}

/** Each language's are in a folder of its own; all have names of their own. */
function assetOf(path: string): Buffer {
  const folder = ['', ...languages].find((one) => existsSync(join(built, one, path)))
  return readFileSync(join(built, folder ?? '', path))
}

const around = (at: string) =>
  `<!doctype html><body style="margin:0"><iframe src="${at}" allow="camera; microphone" style="border:0;width:100vw;height:100vh;display:block"></iframe>`

function pageOf({ html, answers, language = '', data = {} }: Scene): string {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${value.replaceAll('"', '&quot;')}"`)
  const script = `<script>(${answering})(${JSON.stringify({ answers }).replaceAll('<', '\\u003c')})</script>`
  return readFileSync(join(built, language, html), 'utf8')
    .replace('<html', () => `<html${attributes.join('')}`)
    .replace('<head>', () => `<head>${script}`)
}

type Told = { readonly answers: Scene['answers']; refused?: string }

/** In the page, before anything of ours: whoever writes is refused with `scene.refused`, whoever reads has what the scene answers. */
function answering(scene: Told): void {
  const refusal = (code: string) => {
    const body = { issue: [{ details: { coding: [{ code }] } }] }
    // The longest words for how long it takes; a page that is told 429 would ask nothing for a while.
    const headers = {
      'Content-Type': 'application/fhir+json',
      'Retry-After': '7100',
      'X-Request-Id': '4f2a91bc-07de-4f2a91bc',
    }
    return new Response(JSON.stringify(body), { status: 409, headers })
  }
  const answer = (body: object) =>
    new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json', ETag: 'W/"3"' } })
  const fetched = async (path: string, { method = 'GET' }: RequestInit = {}) => {
    const asked = path.replace(/^.*\/api\//, '').replace(/^visits\/[^/]+/, 'visit')
    const reads = method === 'GET' && !asked.includes('export')
    if (!reads && scene.refused !== undefined) return refusal(scene.refused)
    const found = scene.answers[`${method} ${asked}`] ?? scene.answers[asked] ?? 'not-found'
    return typeof found === 'string' ? refusal(found) : answer(found)
  }
  class Quiet extends EventTarget {
    static readonly OPEN = 1
    static readonly CLOSED = 2
    readonly readyState = 1
    close() {}
  }
  /** A room that lets everybody in, and in which nothing happens. */
  class QuietRoom {
    readonly frame = document.createElement('iframe')
    constructor(_domain: string, { parentNode }: { parentNode: HTMLElement }) {
      parentNode.append(this.frame)
    }
    on(event: string, listener: (told: object) => void) {
      if (event === 'videoConferenceJoined') setTimeout(() => listener({ id: 'me', displayName: 'Me' }))
    }
    getIFrame = () => this.frame
    getCurrentDevices = async () => ({})
    executeCommand() {}
    dispose = () => this.frame.remove()
  }
  Object.assign(window, { scene, fetch: fetched, EventSource: Quiet, JitsiMeetExternalAPI: QuietRoom })
}
