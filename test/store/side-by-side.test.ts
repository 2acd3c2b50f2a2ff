// However many rows are asked for at once, few files are open; who waits has their turn, in order, also after a failure.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mostFiles } from '../../server/outside/handles.ts'
import { sideBySide } from '../../server/outside/side-by-side.ts'
import { listed, readWhole, writeWhole } from '../../server/outside/store/disk.ts'

test('no more are under way than may be, and all have their turn in order', async () => {
  const turn = sideBySide(3)
  let [underWay, top] = [0, 0]
  const begun: number[] = []
  const all = Array.from({ length: 50 }, (_, n) =>
    turn(async () => {
      begun.push(n)
      top = Math.max(top, ++underWay)
      await new Promise((done) => setImmediate(done))
      underWay--
      if (n % 7 === 0) throw new Error('a disc that is full')
      return n
    }),
  )

  const ended = await Promise.allSettled(all)

  expect(top).toBe(3)
  expect(begun).toEqual(Array.from({ length: 50 }, (_, n) => n))
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(8)
})

test('five hundred rows that are written and read at once never have more files open than are set aside for them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'housecall-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const before = (await readdir('/proc/self/fd')).length
  let [over, top] = [false, 0]
  const counting = (async () => {
    while (!over) top = Math.max(top, (await readdir('/proc/self/fd')).length)
  })()
  const rows = Array.from({ length: 500 }, (_, n) => join(folder, String(n)))

  await Promise.all(rows.map((path) => writeWhole(path, 'a row', `${path}.draft`)))
  const texts = await Promise.all(rows.map(readWhole))
  over = true
  await counting

  expect(texts).toEqual(rows.map(() => 'a row'))
  expect(await listed(folder)).toHaveLength(500)
  // One is the folder that is being counted.
  expect(top - before).toBeLessThanOrEqual(mostFiles + 2)
})

test('whoever cannot wait any longer never has a turn, and keeps nobody from theirs', async () => {
  const turn = sideBySide(1)
  const impatient = new AbortController()
  let finish: () => void = () => undefined
  const first = turn(() => new Promise<void>((done) => (finish = done)), new AbortController().signal)
  const begun: string[] = []
  const second = turn(async () => void begun.push('second'), impatient.signal)
  const third = turn(async () => void begun.push('third'))

  impatient.abort(new Error('too late'))
  await expect(second).rejects.toThrow('too late')
  finish()
  await Promise.all([first, third])

  expect(begun).toEqual(['third'])
})
