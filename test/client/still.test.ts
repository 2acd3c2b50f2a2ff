// A page that is told something between the press and the release of a button draws it after the click.
import { options } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdStill } from '../../client/ui/still.ts'

class Element extends EventTarget {
  readonly is: string
  constructor(is: string) {
    super()
    this.is = is
  }
  closest(selector: string) {
    return selector.split(', ').includes(this.is) ? this : null
  }
}

let page: EventTarget
let drawn: string[]
const before = options.debounceRendering

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  drawn = []
  vi.stubGlobal('Element', Element)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  holdStill()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  if (before === undefined) delete options.debounceRendering
  else options.debounceRendering = before
})

/** Something changes: Preact asks when to draw it. */
const change = (what: string) => options.debounceRendering?.(() => void drawn.push(what))
function at(type: string, on = 'button', more: object = {}) {
  const event = Object.assign(new Event(type), more)
  Object.defineProperty(event, 'target', { value: new Element(on) })
  page.dispatchEvent(event)
}

test('what comes while nobody presses is drawn at once', async () => {
  change('a view')
  await Promise.resolve()

  expect(drawn).toEqual(['a view'])
})

test('what comes between press and release waits for the click, and is drawn then', async () => {
  at('pointerdown')
  change('somebody knocked')
  await vi.advanceTimersByTimeAsync(200)
  at('pointerup')
  change('and was let in')
  await vi.advanceTimersByTimeAsync(100)
  expect(drawn).toEqual([])

  at('click')
  await vi.advanceTimersByTimeAsync(0)

  expect(drawn).toEqual(['somebody knocked', 'and was let in'])
})

test.each(['pointercancel', 'blur'])('a press that ends by %s holds nothing any more', async (end) => {
  at('pointerdown')
  change('a view')
  at(end)
  await vi.advanceTimersByTimeAsync(0)

  expect(drawn).toEqual(['a view'])
})

test('a release that no click follows, and a finger that rests, hold it for a moment only', async () => {
  at('pointerdown')
  change('one')
  at('pointerup')
  await vi.advanceTimersByTimeAsync(350)
  expect(drawn).toEqual(['one'])

  at('pointerdown')
  change('two')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(drawn).toEqual(['one', 'two'])
})

test('a button pressed by the space bar holds it too; a press beside every button, and the space in a text, do not', async () => {
  at('keydown', 'button', { key: ' ' })
  change('held')
  await vi.advanceTimersByTimeAsync(100)
  expect(drawn).toEqual([])
  at('keyup', 'button', { key: ' ' })
  at('click')
  await vi.advanceTimersByTimeAsync(0)

  at('pointerdown', 'p')
  at('keydown', 'textarea', { key: ' ' })
  change('not held')
  await vi.advanceTimersByTimeAsync(0)
  expect(drawn).toEqual(['held', 'not held'])
})
