// Owns what every refusal looks like over HTTP, and that nothing changed: neither what we keep nor what the EHR has.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Code, refusals } from '../../server/domain/errors.ts'
import type { Answer } from './people.ts'
import type { World } from './world.ts'

/**
 * Asks, and expects this refusal: status, code, an OperationOutcome with our words, not to be stored, and nothing changed.
 * A test of its own reads the codes out of the calls, so that none of the table goes without one.
 */
export function refuses(world: World, code: Code, request: () => Promise<Answer>): Promise<Answer> {
  // A reading that this request or an earlier one sets off writes when it is done, and its writing is none of the refusal's.
  return world.background.without(() => refusesNow(world, code, request))
}

async function refusesNow(world: World, code: Code, request: () => Promise<Answer>): Promise<Answer> {
  const before = await everything(world)

  const answer = await request()

  const { status, issue, says } = refusals[code]
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/fhir\+json/)
  expect(answer.headers['cache-control']).toBe('no-store')
  // An answer to HEAD has no body (RFC 9110, 9.3.2).
  if (answer.method === 'head') expect(answer.text).toBe('')
  else {
    expect(answer.code).toBe(code)
    expect(answer.body).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: issue, details: { text: says } }],
    })
  }
  expect(await everything(world)).toEqual(before)
  expect(world.log()).toMatch(new RegExp(`"event":"refusal".*"code":"${code}"|"code":"${code}".*"event":"refusal"`))
  return answer
}

/** Visits, notes and sign-ins as the disc has them, and every write the EHR was asked for. */
export async function everything(world: World) {
  const rows = await Promise.all(['visits', 'notes'].map((shelf) => contents(join(world.directory, 'rows', shelf))))
  const signIns = (await contents(join(world.directory, 'rows', 'launches'))).length
  const writes = world.ehrs.flatMap((ehr) => ehr.requests.filter(({ method }) => method !== 'GET'))
  return { rows: rows.flat().sort(), signIns, writes: writes.map(({ method, path }) => `${method} ${path}`) }
}

async function contents(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []) // no row of this kind yet
  const files = names.filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return `${name} ${createHash('sha256').update(text).digest('hex')}`
    }),
  )
}
