// The embedded store: the contract, and what is its own: files, crashes, keys and the lock.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import { openStore } from '../../server/outside/store/lowdb.ts'
import type { KeyRing } from '../../server/outside/store/seal.ts'
import { guest, guests, type Opened, storeContract } from './contract.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)
const ring: KeyRing = [{ kid: 'one', key: key(1) }]
const made: string[] = []

const emptyDirectory = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'housecall-store-'))
  made.push(directory)
  return directory
}
const filesIn = async (directory: string) => {
  const found = await readdir(directory, { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
const rowsIn = async (directory: string) => (await filesIn(directory)).filter((path) => path.endsWith('.json'))

afterAll(() => Promise.all(made.map((directory) => rm(directory, { recursive: true, force: true }))))

async function openEmpty(): Promise<Opened> {
  const directory = await emptyDirectory()
  let store = await openStore({ directory, ring })
  return {
    store,
    async reopen() {
      await store.close()
      store = await openStore({ directory, ring })
      return store
    },
    end: () => store.close(),
  }
}

storeContract('lowdb', openEmpty)

describe('the files of the embedded store', () => {
  test('tell nothing of what they keep: no id, value or text, in their names or in them', async () => {
    const directory = await emptyDirectory()
    const store = await openStore({ directory, ring })
    const shelf = store.shelf(guests)

    await shelf.add(guest('secret-id', { name: 'Margarethe', rooms: ['room-name'], notes: { text: 'chest pain' } }))
    await shelf.change('secret-id', (row) => ({ ...row, rooms: ['other-room'] }))
    await store.close()

    const files = await filesIn(directory)
    const all = (await Promise.all(files.map((path) => readFile(path, 'utf8')))).join('\n') + files.join('\n')
    for (const word of ['secret-id', 'Margarethe', 'room-name', 'other-room', 'chest pain']) {
      expect(all).not.toContain(word)
      expect(all).not.toContain(Buffer.from(word).toString('base64url'))
    }
  })

  test('are for this user alone', async () => {
    const directory = await emptyDirectory()
    const store = await openStore({ directory, ring })
    await store.shelf(guests).add(guest('g1'))

    const all = await readdir(directory, { recursive: true, withFileTypes: true })

    const modes = await Promise.all(
      all.map(async (entry) => [entry.isFile(), (await stat(join(entry.parentPath, entry.name))).mode & 0o777]),
    )
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    for (const [isFile, mode] of modes) expect(mode).toBe(isFile ? 0o600 : 0o700)
    await store.close()
  })

  test('are gone with their row, marks too', async () => {
    const directory = await emptyDirectory()
    const store = await openStore({ directory, ring })
    const shelf = store.shelf(guests)
    await shelf.add(guest('g1', { rooms: ['blue', 'red'] }))
    await shelf.change('g1', (row) => ({ ...row, rooms: ['green'] }))

    await shelf.remove('g1')

    expect(await filesIn(join(directory, 'guests'))).toEqual([])
    await store.close()
  })

  test('are not opened at start, nor by asking for another row', async () => {
    const directory = await emptyDirectory()
    const before = await openStore({ directory, ring })
    const shelf = before.shelf(guests)
    await shelf.add(guest('g0'))
    const [mine] = await rowsIn(directory)
    await Promise.all(Array.from({ length: 50 }, (_, n) => shelf.add(guest(`g${n + 1}`, { rooms: ['red'] }))))
    await before.close()
    const others = (await rowsIn(directory)).filter((path) => path !== mine)
    await Promise.all(others.map((path) => writeFile(path, 'not a row')))

    const store = await openStore({ directory, ring })
    const again = store.shelf(guests)

    expect((await again.find('room', 'blue')).map(({ id }) => id)).toEqual(['g0'])
    await expect(again.get('g7')).rejects.toMatchObject({ name: 'ShelfFault', code: 'row-unreadable' })
    expect(await again.sweep('2031-01-01T00:00:00.000Z')).toBe(1)
    await store.close()
  })

  test('are refused when one is put in the place of another, or altered', async () => {
    const directory = await emptyDirectory()
    const before = await openStore({ directory, ring })
    await before.shelf(guests).add(guest('g1'))
    const [first = ''] = await rowsIn(directory)
    await before.shelf({ ...guests, name: 'others' }).add(guest('g2'))
    await before.close()
    const second = (await rowsIn(directory)).find((path) => path !== first) ?? ''
    await copyFile(first, second)
    await writeFile(first, (await readFile(first, 'utf8')).replace('2030-01-01', '2039-01-01'))

    const store = await openStore({ directory, ring })
    const altered = await Promise.allSettled([store.shelf(guests).get('g1')])
    const moved = await Promise.allSettled([store.shelf({ ...guests, name: 'others' }).get('g2')])

    expect(altered).toMatchObject([{ reason: { name: 'ShelfFault', code: 'row-unreadable' } }])
    expect(moved).toMatchObject([{ reason: { name: 'SealBroken', code: 'moved' } }])
    await store.close()
  })
})

describe('the keys of the embedded store', () => {
  const newer: KeyRing = [{ kid: 'two', key: key(2) }, ...ring]

  test('may be renewed: old rows open, new ones need the new key alone', async () => {
    const directory = await emptyDirectory()
    const old = await openStore({ directory, ring })
    await old.shelf(guests).add(guest('g1'))
    await old.close()

    const both = await openStore({ directory, ring: newer })
    const shelf = both.shelf(guests)
    const kept = await shelf.get('g1')
    await shelf.add(guest('g2'))
    await both.close()
    const alone = await openStore({ directory, ring: newer.slice(0, 1) })
    const late = alone.shelf(guests)

    expect(kept).toEqual(guest('g1'))
    expect(await late.get('g2')).toEqual(guest('g2'))
    await expect(late.get('g1')).rejects.toMatchObject({ name: 'SealBroken', code: 'unknown-key' })
    expect(await late.sweep('2031-01-01T00:00:00.000Z')).toBe(2)
    await alone.close()
  })

  test('of another clinic do not open the directory, and leave it free', async () => {
    const directory = await emptyDirectory()
    await (await openStore({ directory, ring })).close()

    const wrong = openStore({ directory, ring: [{ kid: 'one', key: key(9) }] })

    await expect(wrong).rejects.toMatchObject({ name: 'SealBroken', code: 'altered' })
    await (await openStore({ directory, ring })).close()
  })
})

describe('the lock of the embedded store', () => {
  test('keeps a second opening out until the first has closed', async () => {
    const directory = await emptyDirectory()
    const first = await openStore({ directory, ring })

    const second = openStore({ directory, ring })

    await expect(second).rejects.toMatchObject({ name: 'ShelfFault', code: 'store-locked' })
    await first.close()
    await (await openStore({ directory, ring })).close()
  })

  test.each([
    ['empty, as a power cut leaves it', ''],
    ['of a process that had our number before us', `${process.pid} another-boot 1`],
    ['of a process that is gone', '4194303 another-boot 1'],
  ])('is taken over when it is %s, by one of many', async (_, text) => {
    const directory = await emptyDirectory()
    await writeFile(join(directory, 'lock.7'), text)

    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => openStore({ directory, ring })))

    const won = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(won).toHaveLength(1)
    await won[0]?.close()
    expect((await readdir(directory)).sort()).toEqual(['drafts', 'index.key', 'lock.8'])
  })
})

describe('a writer killed in the middle', () => {
  const room = 'blue'.repeat(2_000)
  // Says after each write which revision of its row is kept.
  const writer = (directory: string) => `
    import { z } from 'zod'
    import { openStore } from ${JSON.stringify(new URL('../../server/outside/store/lowdb.ts', import.meta.url))}
    const row = z.object({ id: z.string(), revision: z.int(), expiresAt: z.string(), name: z.string(), rooms: z.array(z.string()) })
    const indexes = { room: (row) => row.rooms, name: (row) => [row.name] }
    const ring = [{ kid: 'one', key: new Uint8Array(32).fill(1) }]
    const store = await openStore({ directory: ${JSON.stringify(directory)}, ring })
    const shelf = store.shelf({ name: 'guests', schema: row, indexes })
    const write = async (id) => {
      if (!(await shelf.get(id))) await shelf.add({ id, revision: 0, expiresAt: '2030-01-01T00:00:00.000Z', name: 'at 0', rooms: [] })
      for (;;) {
        const { after } = await shelf.change(id, (row) => ({
          ...row, name: 'at ' + (row.revision + 1), rooms: ['${room}' + (row.revision + 1)],
        }))
        console.log(id + ' ' + after.revision)
      }
    }
    await Promise.all(['g1', 'g2', 'g3'].map(write))
  `

  /** Lets the writer say `lines` lines, kills it, and answers the last revision it said of each row. */
  async function killedAfter(lines: number, directory: string): Promise<Map<string, number>> {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', writer(directory)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'exit')
    const said = new Map<string, number>()
    let left = lines
    for await (const line of createInterface(child.stdout)) {
      const [id = '', revision] = line.split(' ')
      said.set(id, Number(revision))
      left -= 1
      if (left === 0) child.kill('SIGKILL')
    }
    const [, signal] = await gone
    expect(signal).toBe('SIGKILL')
    return said
  }

  test('leaves every row whole, none older than it said, findable, and the directory free at once', async () => {
    const directory = await emptyDirectory()

    for (const lines of [1, 7, 20, 33, 50]) {
      const said = await killedAfter(lines, directory)
      const store = await openStore({ directory, ring })
      const shelf = store.shelf(guests)

      for (const [id, revision] of said) {
        const row = await shelf.get(id)
        expect(row?.revision).toBeGreaterThanOrEqual(revision)
        expect(row).toEqual(
          guest(id, { revision: row?.revision ?? 0, name: `at ${row?.revision}`, rooms: [`${room}${row?.revision}`] }),
        )
        expect((await shelf.find('name', `at ${row?.revision}`)).map((found) => found.id)).toContain(id)
      }
      expect(await readdir(join(directory, 'drafts'))).toEqual([])
      await store.close()
    }
  })
})

describe('a disc that fails', () => {
  test('leaves the row as it was, in memory and after a restart', async () => {
    const directory = await emptyDirectory()
    const before = await openStore({ directory, ring })
    const shelf = before.shelf(guests)
    await shelf.add(guest('g1'))
    await rm(join(directory, 'drafts'), { recursive: true })

    const [failed] = await Promise.allSettled([
      shelf.change('g1', (row) => ({ ...row, name: 'Grace', rooms: ['red'] })),
    ])
    const kept = await shelf.get('g1')
    const found = [await shelf.find('room', 'blue'), await shelf.find('room', 'red')]
    await before.close()
    const store = await openStore({ directory, ring })

    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'ENOENT' } })
    expect(kept).toEqual(guest('g1'))
    expect(found).toEqual([[guest('g1')], []])
    expect(await store.shelf(guests).get('g1')).toEqual(guest('g1'))
    await store.close()
  })
})
