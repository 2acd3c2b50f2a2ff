// The trail is read on for the outside from a place: each line once, in order, over months and restarts, and none that is only half there.
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openTrailReader, type TrailPlace } from '../../server/outside/record/trail-reader.ts'
import { ownRecorder } from './recorder.ts'

const own = ownRecorder()
const first: TrailPlace = { book: '', offset: 0 }
beforeEach(() => {
  own.time = '2026-03-02T15:00:00.000Z'
})

/** Writes so many lines, as the app does. */
async function written(...visits: readonly string[]) {
  const record = await own.opened()
  for (const visit of visits)
    await record.audit({ event: 'knock', outcome: 'success', organisation: 'riverside', visit })
  await record.close()
}
/** All that is to be read from a place on. */
async function readFrom(place: TrailPlace) {
  const reader = openTrailReader(own.directory)
  const visits: (string | undefined)[] = []
  for (let at = place; ; ) {
    const { lines, place: next } = await reader.after(at)
    visits.push(...lines.map(({ visit }) => visit))
    if (next.book === at.book && next.offset === at.offset) return { visits, place: at }
    at = next
  }
}

test('each line is read once, and what comes later is read from there on', async () => {
  await written('v1', 'v2')
  const before = await readFrom(first)
  await written('v3')

  expect(before.visits).toEqual(['v1', 'v2'])
  expect((await readFrom(before.place)).visits).toEqual(['v3'])
  expect((await readFrom(first)).visits).toEqual(['v1', 'v2', 'v3'])
})

test('a month that begins is read after the one before it; from the end of the trail on there is nothing', async () => {
  await written('v1')
  own.time = '2026-04-01T00:00:00.000Z'
  await written('v2', 'v3')

  expect((await readFrom(first)).visits).toEqual(['v1', 'v2', 'v3'])
  expect((await readFrom(await openTrailReader(own.directory).end())).visits).toEqual([])
})

test('a line that is half written is waited for, and a line that is none is passed over', async () => {
  await written('v1')
  await appendFile(own.book('2026-03'), 'no line at all\n{"seq":2,"at":"2026-03-02T15')
  const { visits, place } = await readFrom(first)

  expect(visits).toEqual(['v1'])
  expect((await readFrom(place)).visits).toEqual([])
})

test('a month that was removed is read no more, and the next one is', async () => {
  await written('v1')
  const { place } = await readFrom(first)
  await rm(own.book('2026-03'))
  own.time = '2026-04-01T00:00:00.000Z'
  await written('v2')

  expect((await readFrom(place)).visits).toEqual(['v2'])
})

test('where there is no trail yet there is nothing to read, and all of it once there is', async () => {
  const reader = openTrailReader(join(own.directory, 'not-yet'))

  const end = await reader.end()
  expect(await reader.after(end)).toEqual({ lines: [], place: first })
  await mkdir(join(own.directory, 'not-yet'))
  await writeFile(join(own.directory, 'not-yet', 'audit-2026-03.jsonl'), '')

  expect(end).toEqual(first)
})
