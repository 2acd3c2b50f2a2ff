// What browsers and strangers meet at every address, whoever asks: no other origin reads us, nothing is taken for what it is not, methods
// that nobody made do nothing, and no body reaches a prototype or unpacks into more than it is.
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../support/people.ts'
import { type Opened, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let walked: Opened
beforeAll(async () => {
  world = await openWorld()
  walked = await opened(world)
})
afterAll(() => world.close())

const stranger = { Origin: 'https://elsewhere.example', Accept: 'text/html' }

describe('every kind of reply', () => {
  test.each([
    '/',
    '/launch.html',
    '/healthz',
    '/nothing-here',
    '/.well-known/jwks.json',
    '/smart/organisations',
    '/v/x',
    '/v/x/api/me',
    '/brand/riverside',
    '/hand-over.html',
  ])('(%s) lets no other origin read it, says its type, and is not guessed at', async (path) => {
    const { headers } = await ask(world.url, path, { headers: stranger })

    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-type']).toMatch(/^[a-z]+\/[a-z+]+/)
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('tells browsers to come by https alone, where the address is one', async () => {
    const secure = await openWorld({ config: (config) => ({ ...config, url: 'https://visits.example' }) })
    try {
      const { headers } = await ask(secure.url, '/healthz')
      expect(headers['strict-transport-security']).toMatch(/^max-age=(?:31536000|[4-9]\d{7})/)
    } finally {
      await secure.close()
    }
    expect((await ask(world.url, '/healthz')).headers['strict-transport-security']).toBeUndefined()
  })
})

describe('a method that no address takes', () => {
  test.each(['TRACE', 'PROPFIND', 'DELETE', 'PATCH', 'LOCK'])(
    '(%s) does nothing and gives nothing back',
    async (method) => {
      const { clinician, visit } = walked
      const url = new URL(`${world.url}${clinician.home}${visit}`)
      const headers = { Cookie: clinician.cookie, Origin: world.url, 'X-Marked': 'marked' }
      const [status, body] = await new Promise<[number, string]>((done, fail) => {
        request(url, { method, headers }, (response) => {
          let text = ''
          response
            .on('data', (piece) => (text += String(piece)))
            .on('end', () => done([response.statusCode ?? 0, text]))
        })
          .on('error', fail)
          .end()
      })

      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(body).not.toContain('marked')
    },
  )
})

describe('a body', () => {
  test('reaches no prototype: it is refused, and no object has what it said', async () => {
    const { clinician, visit } = walked
    const sent = ['{"__proto__":{"admitted":true}}', '{"constructor":{"prototype":{"admitted":true}}}']

    for (const body of sent) {
      const { status } = await clinician.put(`${visit}/note`, body, {
        'Content-Type': 'application/json',
        'If-Match': 'W/"0"',
      })
      expect(status).toBe(400)
    }
    expect(({} as { admitted?: boolean }).admitted).toBeUndefined()
  })

  test('that is packed is not unpacked', async () => {
    const { clinician, visit } = walked
    const packed = gzipSync(Buffer.alloc(10_000_000, 'a'))

    const response = await fetch(`${world.url}${clinician.home}${visit}/note`, {
      method: 'PUT',
      headers: {
        Cookie: clinician.cookie,
        Origin: world.url,
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: packed,
    })

    expect(response.status).toBe(415)
  })
})

test('a folder shows no list of what is in it', async () => {
  for (const path of ['/assets/', '/assets', '/client/', '/brand/', '/.well-known/'])
    expect((await ask(world.url, path)).status).toBe(404)
})
