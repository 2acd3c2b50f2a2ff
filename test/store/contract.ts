// What every store must keep to, whatever it is built on: run once for each store.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Shelf, ShelfOf, Store } from '../../server/outside/store/store.ts'

export const Guest = z.object({
  id: z.string(),
  revision: z.int(),
  expiresAt: z.string(),
  name: z.string(),
  rooms: z.array(z.string()),
  notes: z.object({ text: z.string() }).exactOptional(),
})
export type Guest = z.infer<typeof Guest>

export const guests: ShelfOf<Guest> = {
  name: 'guests',
  schema: Guest,
  indexes: { room: (guest) => guest.rooms, name: (guest) => [guest.name] },
}

export const guest = (id: string, more: Partial<Guest> = {}): Guest => ({
  id,
  revision: 0,
  expiresAt: '2030-01-01T00:00:00.000Z',
  name: 'Ada',
  rooms: ['blue'],
  ...more,
})

/** A store with nothing in it; `reopen` closes it and opens the same rows again; `end` takes everything away. */
export type Opened = { readonly store: Store; reopen(): Promise<Store>; end(): Promise<void> }

export function storeContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} as a store`, () => {
    let opened: Opened
    let shelf: Shelf<Guest>
    const reopened = async () => (await opened.reopen()).shelf(guests)

    beforeEach(async () => {
      opened = await open()
      shelf = opened.store.shelf(guests)
    })
    afterEach(() => opened.end())

    keepsRows(() => ({ shelf, reopened, store: opened.store }))
    changesRows(() => ({ shelf, reopened, store: opened.store }))
    findsRows(() => ({ shelf, reopened, store: opened.store }))
    sweepsRows(() => ({ shelf, reopened, store: opened.store }))
  })
}

type Given = () => { shelf: Shelf<Guest>; reopened: () => Promise<Shelf<Guest>>; store: Store }

function keepsRows(given: Given): void {
  test('a row added is answered, also after a restart', async () => {
    const { shelf, reopened } = given()

    const added = await shelf.add(guest('g1', { revision: 3 }))

    expect(added).toEqual(guest('g1', { revision: 3 }))
    expect(await shelf.get('g1')).toEqual(added)
    expect(await (await reopened()).get('g1')).toEqual(added)
  })

  test('an id is taken once, however many ask at the same moment', async () => {
    const { shelf } = given()

    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => shelf.add(guest('g1', { name: `${n}` }))),
    )

    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(shelf.add(guest('g1'))).rejects.toMatchObject({ name: 'ShelfConflict', code: 'taken' })
  })

  test('a row removed is gone, also after a restart, and may be added again', async () => {
    const { shelf, reopened } = given()
    await shelf.add(guest('g1'))

    await shelf.remove('g1')
    await shelf.remove('never-there')

    expect(await shelf.get('g1')).toBeUndefined()
    expect(await shelf.find('room', 'blue')).toEqual([])
    const again = await reopened()
    expect(await again.get('g1')).toBeUndefined()
    expect(await again.add(guest('g1'))).toEqual(guest('g1'))
  })

  test('nobody alters what is kept by altering what they gave or got', async () => {
    const { shelf } = given()
    const mine = guest('g1', { rooms: ['blue'] })
    await shelf.add(mine)

    mine.rooms.push('red')
    const got = await shelf.get('g1')

    expect(() => got?.rooms.push('red')).toThrow(TypeError)
    expect((await shelf.get('g1'))?.rooms).toEqual(['blue'])
  })

  test('a row its schema refuses is not kept', async () => {
    const { shelf } = given()
    const wrong = { ...guest('g1'), rooms: 'blue' } as unknown as Guest

    await expect(shelf.add(wrong)).rejects.toMatchObject({ name: 'ShelfFault', code: 'row-refused' })

    expect(await shelf.get('g1')).toBeUndefined()
  })

  test.each([
    ['beside the others', { ...guest('g1'), room: 'blue' }],
    ['within another', guest('g1', { notes: { text: 'late', author: 'Bo' } as NonNullable<Guest['notes']> })], // sound: one field more
  ])('a field that the schema does not know is refused %s, before it could vanish', async (_where, wrong) => {
    const { shelf } = given()
    await shelf.add(guest('g2'))

    const tries = [shelf.add(wrong), shelf.change('g2', (row) => ({ ...wrong, id: row.id }))]

    for (const written of await Promise.allSettled(tries)) {
      expect(written).toMatchObject({ reason: { name: 'ShelfFault', code: 'row-refused' } })
      expect(String(written.status === 'rejected' && written.reason.cause)).toMatch(/guests\.(room|notes\.author)$/)
    }
    expect([await shelf.get('g1'), await shelf.get('g2')]).toEqual([undefined, guest('g2')])
  })

  test('any text is an id, and none reaches another row', async () => {
    const { shelf, reopened } = given()
    const ids = [
      '../../escape',
      'a/b',
      '.',
      '',
      'A',
      'a',
      'Zoë 🩺',
      'con',
      'x'.repeat(3_000),
      "'; drop table guests; --",
      '\u0001',
    ]
    for (const id of ids) await shelf.add(guest(id, { name: `of ${id}` }))

    const again = await reopened()

    for (const id of ids) expect((await again.get(id))?.name).toBe(`of ${id}`)
  })

  test('two shelves may use the same id', async () => {
    const { shelf, store } = given()
    const others = store.shelf({ ...guests, name: 'others' })

    await shelf.add(guest('g1', { name: 'Ada' }))
    await others.add(guest('g1', { name: 'Grace' }))

    expect([(await shelf.get('g1'))?.name, (await others.get('g1'))?.name]).toEqual(['Ada', 'Grace'])
  })

  test('one shelf is not opened twice', () => {
    const { store } = given()

    expect(() => store.shelf(guests)).toThrow(expect.objectContaining({ code: 'name-refused' }))
  })

  test('a closed store refuses everything', async () => {
    const { shelf, store } = given()
    await shelf.add(guest('g1'))

    await store.close()
    await store.close()

    const closed = { name: 'ShelfFault', code: 'store-closed' }
    await expect(shelf.get('g1')).rejects.toMatchObject(closed)
    await expect(shelf.add(guest('g2'))).rejects.toMatchObject(closed)
    await expect(shelf.change('g1', (row) => row)).rejects.toMatchObject(closed)
    await expect(shelf.find('room', 'blue')).rejects.toMatchObject(closed)
    await expect(shelf.sweep('2031-01-01T00:00:00.000Z')).rejects.toMatchObject(closed)
  })
}

function changesRows(given: Given): void {
  test('two hundred changes at once are all applied, one after the other', async () => {
    const { shelf, reopened } = given()
    await shelf.add(guest('g1', { rooms: [] }))

    await Promise.all(
      Array.from({ length: 200 }, (_, n) => shelf.change('g1', (row) => ({ ...row, rooms: [...row.rooms, `r${n}`] }))),
    )

    const row = await (await reopened()).get('g1')
    expect(new Set(row?.rooms).size).toBe(200)
    expect(row?.revision).toBe(200)
  })

  test('a change answers the new row, one revision on whatever the change says of it, beside the very row it changed', async () => {
    const { shelf } = given()
    await shelf.add(guest('g1', { revision: 6 }))

    const [first, second] = await Promise.all([
      shelf.change('g1', (old) => ({ ...old, name: 'Grace', revision: 99 })),
      shelf.change('g1', (old) => ({ ...old, rooms: ['red'] })),
    ])

    expect(first).toEqual({ before: guest('g1', { revision: 6 }), after: guest('g1', { revision: 7, name: 'Grace' }) })
    expect(second).toEqual({
      before: first.after,
      after: guest('g1', { revision: 8, name: 'Grace', rooms: ['red'] }),
    })
  })

  test('the same object back is no change', async () => {
    const { shelf, reopened } = given()
    await shelf.add(guest('g1'))

    const { before, after } = await shelf.change('g1', (old) => old)

    expect(after).toBe(before)
    expect(after.revision).toBe(0)
    expect((await (await reopened()).get('g1'))?.revision).toBe(0)
  })

  test('a change that throws leaves everything as it was, and the next one goes through', async () => {
    const { shelf, reopened } = given()
    await shelf.add(guest('g1'))
    const refusal = new Error('not today')

    const tries = await Promise.allSettled([
      shelf.change('g1', () => {
        throw refusal
      }),
      shelf.change('g1', (row) => ({ ...row, name: 'Grace' })),
    ])

    expect(tries).toMatchObject([
      { reason: refusal },
      { value: { after: guest('g1', { name: 'Grace', revision: 1 }) } },
    ])
    expect(await (await reopened()).get('g1')).toEqual(guest('g1', { name: 'Grace', revision: 1 }))
  })

  test('a change to what the schema refuses leaves everything as it was', async () => {
    const { shelf } = given()
    await shelf.add(guest('g1'))

    const wrong = shelf.change('g1', (row) => ({ ...row, rooms: 7 }) as unknown as Guest)

    await expect(wrong).rejects.toMatchObject({ code: 'row-refused' })
    expect(await shelf.get('g1')).toEqual(guest('g1'))
  })

  test('a row that is not there is not changed, and none changes its id', async () => {
    const { shelf } = given()
    await shelf.add(guest('g1'))

    const tries = await Promise.allSettled([
      shelf.change('g2', (row) => ({ ...row })),
      shelf.change('g1', (row) => ({ ...row, id: 'g2' })),
    ])

    const conflict = (code: string) => ({ reason: { name: 'ShelfConflict', code } })
    expect(tries).toMatchObject([conflict('missing'), conflict('renamed')])
  })

  test('a change cannot alter the row it is given', async () => {
    const { shelf } = given()
    await shelf.add(guest('g1'))

    const altering = shelf.change('g1', (row) => {
      row.rooms.push('red')
      return row
    })

    await expect(altering).rejects.toThrow(TypeError)
    expect((await shelf.get('g1'))?.rooms).toEqual(['blue'])
  })
}

function findsRows(given: Given): void {
  const ids = (rows: readonly Guest[]) => rows.map(({ id }) => id)

  test('rows are found by every value they declare, in order of id', async () => {
    const { shelf } = given()
    await shelf.add(guest('g2', { rooms: ['blue', 'red', 'blue'] }))
    await shelf.add(guest('g1', { rooms: ['red'] }))
    await shelf.add(guest('g3', { rooms: [], name: 'Grace' }))

    expect(ids(await shelf.find('room', 'blue'))).toEqual(['g2'])
    expect(ids(await shelf.find('room', 'red'))).toEqual(['g1', 'g2'])
    expect(ids(await shelf.find('name', 'Grace'))).toEqual(['g3'])
    expect(await shelf.find('name', 'red')).toEqual([])
  })

  test('a changed row is found by its new value alone, also after a restart', async () => {
    const { shelf, reopened } = given()
    await shelf.add(guest('g1', { rooms: ['blue', 'green'] }))
    await shelf.find('room', 'blue')

    await shelf.change('g1', (row) => ({ ...row, rooms: ['green', '../red'] }))

    const found = async (of: Shelf<Guest>) =>
      Promise.all(['blue', 'green', '../red'].map(async (room) => ids(await of.find('room', room))))
    expect(await found(shelf)).toEqual([[], ['g1'], ['g1']])
    expect(await found(await reopened())).toEqual([[], ['g1'], ['g1']])
  })

  test('looking while rows come and go loses none', async () => {
    const { shelf } = given()
    const names = Array.from({ length: 40 }, (_, n) => `g${n}`)
    const looking = names.map(() => shelf.find('room', 'blue'))

    await Promise.all(
      names.map(async (id) => {
        await shelf.add(guest(id))
        looking.push(shelf.find('room', 'blue'))
        await shelf.change(id, (row) => ({ ...row, rooms: [] }))
        looking.push(shelf.find('room', 'blue'))
        await shelf.change(id, (row) => ({ ...row, rooms: ['blue'] }))
      }),
    )
    await Promise.all(looking)

    expect(ids(await shelf.find('room', 'blue'))).toEqual([...names].sort())
  })

  test('an index that was not declared is refused', async () => {
    const { shelf } = given()

    for (const index of ['age', 'id', 'toString', '__proto__', '../guests'])
      await expect(shelf.find(index, 'x')).rejects.toMatchObject({ name: 'ShelfFault', code: 'index-unknown' })
  })
}

function sweepsRows(given: Given): void {
  test('what is past its time is swept, whether it was opened or not, and nothing else', async () => {
    const { shelf, reopened } = given()
    await shelf.add(guest('old', { expiresAt: '2026-03-01T00:00:00.000Z' }))
    await shelf.add(guest('now', { expiresAt: '2026-03-02T00:00:00.000Z' }))
    await shelf.add(guest('new', { expiresAt: '2026-03-03T00:00:00.000Z' }))
    const again = await reopened()

    const first = await again.sweep('2026-03-02T00:00:00.000Z')
    const second = await again.sweep('2026-03-02T00:00:00.001Z')

    expect([first, second]).toEqual([1, 1])
    expect((await again.find('room', 'blue')).map(({ id }) => id)).toEqual(['new'])
  })

  test('a row whose time was moved on is not swept at its old one', async () => {
    const { shelf } = given()
    await shelf.add(guest('g1', { expiresAt: '2026-03-01T00:00:00.000Z' }))
    await shelf.change('g1', (row) => ({ ...row, expiresAt: '2026-04-01T00:00:00.000Z' }))

    const swept = await shelf.sweep('2026-03-02T00:00:00.000Z')

    expect(swept).toBe(0)
    expect(await shelf.get('g1')).toBeDefined()
  })
}
