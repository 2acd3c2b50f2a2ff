// A clinic's logo: read at the start or refused in words, served as a picture and as nothing else.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { pictureIn } from '../../server/settings/logo.ts'
import type { Me } from '../../server/wire/wire.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'housecall-brand-'))
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])

describe('a logo', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['a.svg', svg, 'image/svg+xml'],
    ['b.svg', '<!-- ours -->\n<svg></svg>', 'image/svg+xml'],
    ['c.png', png, 'image/png'],
    ['d.jpg', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['e.webp', new TextEncoder().encode('RIFF____WEBPVP8 '), 'image/webp'],
    ['png-in-all-but-name.svg', png, 'image/png'],
  ])('is known by its first bytes: %s', (name, content, type) => {
    expect(pictureIn(file(name, content))).toMatchObject({ type })
  })

  test.each<[string, string, RegExp]>([
    ['is not there', join(folder, 'nowhere.png'), /cannot be read/],
    ['is a page', file('page.svg', '<html><svg></svg></html>'), /no SVG, PNG, JPEG or WebP/],
    ['is empty', file('empty.png', ''), /no SVG, PNG, JPEG or WebP/],
    ['is too large', file('large.svg', `<svg>${' '.repeat(100_001)}</svg>`), /101 kB/],
  ])('that %s is refused in words', (_what, path, says) => {
    expect(pictureIn(path)).toMatch(says)
  })
})

describe('at the clinic', () => {
  let world: World
  beforeAll(async () => {
    const logo = { type: 'image/svg+xml', bytes: new TextEncoder().encode(svg) }
    world = await openWorld({
      organisations: ['riverside', 'harbor'],
      config: (c) => ({ ...c, organisations: c.organisations.map((o) => (o.id === 'harbor' ? o : { ...o, logo })) }),
    })
  })
  afterAll(async () => {
    await world.close()
    rmSync(folder, { recursive: true })
  })

  test('whoever signs in is told where the logo lies, and it is a picture that runs nothing', async () => {
    const person = await world.signIn({ user: clinic.practitioners.chen.reference })
    const { organisation } = bodyOf<Me>(await person.get('/api/me'))

    const { status, headers } = await ask(world.url, organisation.logo ?? '')

    expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml'])
    expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('a clinic without a logo has none, nor has one that nobody knows', async () => {
    for (const id of ['harbor', 'nowhere']) await refuses(world, 'not-found', () => ask(world.url, `/brand/${id}`))
  })
})
