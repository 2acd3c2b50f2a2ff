// HEAD is a look and not an act: whoever sends it, to whatever address, nothing is done, kept or written down by it.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { createApp } from '../../server/http/app.ts'
import { ask } from '../support/people.ts'
import { statusOf } from '../support/raw.ts'
import { refuses } from '../support/refusals.ts'
import { routesOf } from '../support/routes.ts'
import { inCall, save, visitIdOf } from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** All files of rows and of the audit trail, byte by byte. */
async function kept() {
  const names = await readdir(world.directory, { recursive: true, withFileTypes: true })
  const files = names.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'latin1')))
  return Object.fromEntries(files.map((file, i) => [file, texts[i]]))
}

const readsOf = () =>
  routesOf(createApp(world.house, { client: 'test/support/pages' })).filter(([method]) => method === 'get')
const chen = { user: clinic.practitioners.chen.reference } as const

describe('a HEAD', () => {
  test('of any address that answers a GET changes no row, writes no line, keeps no sign-in alive and opens no stream', async () => {
    const both = await inCall(world)
    await save(both.clinician, both.visit)
    world.later(5)
    const [before, asked] = [await kept(), world.ehr.requests.length]
    const signedIn = [both.clinician, both.patient]

    for (const [, path] of readsOf())
      for (const { home, cookie } of signedIn) {
        const own = path
          .replace('/v/:launch', home)
          .replace('/api/visits/:visit', both.visit)
          .replaceAll(/:[a-z]+/g, 'riverside')
        const { status, allow } = await statusOf(world.url, { method: 'HEAD', path: own, headers: { cookie } })
        expect(status).toBeLessThan(500)
        expect(allow).toBe(status === 405 ? 'GET' : undefined)
      }

    expect(readsOf().length).toBeGreaterThan(20)
    expect(await kept()).toEqual(before)
    expect(world.ehr.requests.length).toBe(asked)
    const id = visitIdOf(both.visit)
    expect(world.house.memory.openPages.clinicianHere(id, world.house.now())).toBe(false)
  })

  test('of what is no mere look is a refusal like any other', async () => {
    const { clinician, visit } = await inCall(world)
    const head = { method: 'head', headers: { Cookie: clinician.cookie } } as const

    for (const path of ['/api/me', '/api/events', visit, `${visit}/events`, `${visit}/note`, `${visit}/note/export`])
      await refuses(world, 'method-refused', () => ask(world.url, `${clinician.home}${path}`, head))
    await refuses(world, 'method-refused', () => ask(world.url, '/v/x/api/me', { method: 'head' }))
  })

  test('leaves a sign-in to idle out when it would have', async () => {
    const { clinician } = await inCall(world)

    for (const minutes of [16, 16]) {
      world.later(minutes)
      const headers = { cookie: clinician.cookie }
      await statusOf(world.url, { method: 'HEAD', path: `${clinician.home}/api/me`, headers })
      await statusOf(world.url, { method: 'HEAD', path: clinician.home, headers })
    }

    expect((await clinician.get('/api/me')).code).toBe('session-ended')
  })

  test('of a launch begins none, and of the way back from the EHR spends nothing: the person who comes with it gets in', async () => {
    const search = await launchSearch(world.ehr, chen)
    const before = await kept()
    const begun = await statusOf(world.url, { method: 'HEAD', path: `/smart/launch${search}`, headers: {} })
    expect([begun, await kept()]).toEqual([{ status: 405, allow: 'GET' }, before])

    const { cookie, location } = await leave(world.url, search)
    const callback = await atEhr(location)
    const looked = await statusOf(world.url, { method: 'HEAD', path: callback, headers: { cookie } })

    expect(looked).toEqual({ status: 405, allow: 'GET' })
    expect((await comeBack(world.url, callback, cookie)).status).toBe(303)
  })

  test('of a page and of what is public is answered as its GET is, without the body', async () => {
    const { clinician } = await inCall(world)
    const pages = ['/', '/launch.html', '/hand-over.html', '/healthz', '/.well-known/jwks.json', clinician.home]

    for (const path of [...pages, '/smart/organisations', '/assets/words.txt', '/nowhere', '/brand/none']) {
      const asking = { path, headers: { cookie: clinician.cookie } }
      const [head, get] = [
        await statusOf(world.url, { method: 'HEAD', ...asking }),
        await statusOf(world.url, { method: 'GET', ...asking }),
      ]
      expect([path, head]).toEqual([path, get])
    }
  })
})
