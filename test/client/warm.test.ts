// What is brought while somebody waits for the call: a frame that shows nothing, runs nothing and is told nothing, once.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

type Made = Record<string, unknown> & { readonly attributes: Record<string, string> }
let shown: Made[]
let connection: { saveData: boolean } | undefined

beforeEach(() => {
  shown = []
  connection = undefined
  vi.stubGlobal('navigator', {
    get connection() {
      return connection
    },
  })
  vi.stubGlobal('document', {
    createElement: (name: string) => {
      const attributes: Record<string, string> = {}
      const made: Made = {
        ...{ name, attributes },
        setAttribute(key: string, value: string) {
          attributes[key] = value
        },
        remove() {
          shown = shown.filter((one) => one !== made)
        },
      }
      return made
    },
    body: { append: (made: Made) => void shown.push(made) },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** As of a page that was just loaded. */
const page = () => import('../../client/call/warm.ts')

test('it is a hidden frame of Jitsi’s origin in which nothing runs, with no room, no token and no device', async () => {
  const { warm } = await page()

  warm('https://meet.example.org')

  expect(shown).toHaveLength(1)
  // Whatever else it was given would be a right.
  const { setAttribute: _set, remove: _remove, ...all } = { ...shown[0] } as Partial<Made>
  expect(all).toEqual({
    name: 'iframe',
    // Its origin, and with that what it fetches, is shared with the call's frame; scripts, forms, windows are not allowed to it.
    attributes: { sandbox: 'allow-same-origin' },
    ...{ hidden: true, ariaHidden: 'true', tabIndex: -1, referrerPolicy: 'no-referrer' },
    src: 'https://meet.example.org/',
  })
})

test('it is there once in a page, and no more once the call’s own frame is', async () => {
  const { warm, cool } = await page()
  warm('https://meet.example.org')
  warm('https://meet.example.org')
  expect(shown).toHaveLength(1)

  cool()
  warm('https://meet.example.org')
  warm('https://other.example.org')

  expect(shown).toEqual([])
})

test('a call that is faster is not followed by it', async () => {
  const { warm, cool } = await page()

  cool()
  warm('https://meet.example.org')

  expect(shown).toEqual([])
})

test('who asked the browser to save data is brought nothing before the call', async () => {
  connection = { saveData: true }
  const { warm } = await page()

  warm('https://meet.example.org')
  expect(shown).toEqual([])

  connection = { saveData: false }
  warm('https://meet.example.org')
  expect(shown).toHaveLength(1)
})
