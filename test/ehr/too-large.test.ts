// What an EHR answers with more than can be read: a page is asked for again, smaller; and where nothing helps, that is said.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { openEhr } from '../../server/outside/ehr/ehr.ts'
import { startCrookedEhr } from '../support/crooked-ehr.ts'
import { refuses } from '../support/refusals.ts'
import { openWorld } from '../support/world.ts'

let crooked: Awaited<ReturnType<typeof startCrookedEhr>>
const asked: URLSearchParams[] = []
beforeAll(async () => {
  crooked = await startCrookedEhr()
})
beforeEach(() => void asked.splice(0))
afterAll(() => crooked.close())

const open = (now = Date.now) => openEhr({ iss: crooked.iss as Iss, giveAccessToken: async () => 'any', now }) // sound: our own server's
const patient = { resourceType: 'Patient', id: 'p' }

type Chart = {
  readonly entries: number
  /** How long each is, in bytes. */
  readonly bytes: number
  /** How many stand on a page, by what is asked for. */
  readonly page: (asked: number | undefined) => number
}

/** Has so many Appointments, in pages; each next link goes on with the same size, as real ones do. */
function chart({ entries, bytes, page }: Chart): void {
  crooked.said.takeOver = (path, _request, response) => {
    const { searchParams } = new URL(path, crooked.origin)
    asked.push(searchParams)
    const told = searchParams.get('_count')
    const size = Number(searchParams.get('size') ?? page(told === null ? undefined : Number(told)))
    const from = Number(searchParams.get('from') ?? 0)
    const on = Array.from({ length: Math.min(size, entries - from) }, (_, i) => ({
      resource: {
        ...{ resourceType: 'Appointment', id: `a${from + i}`, status: 'booked' },
        participant: [],
        text: 'x'.repeat(bytes),
      },
    }))
    const next = { relation: 'next', url: `${crooked.iss}/Appointment?from=${from + size}&size=${size}` }
    const link = from + size < entries ? [next] : []
    response.writeHead(200, { 'content-type': 'application/fhir+json' })
    response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry: on }))
    return true
  }
}
const counts = () => asked.filter((one) => !one.has('from')).map((one) => one.get('_count'))

describe('a page of a search that is too large', () => {
  test('is asked for again at half the size, until it can be read, and nothing is missing or there twice', async () => {
    chart({ entries: 60, bytes: 300_000, page: (count = 60) => count })

    const found = await open().search('Appointment', [['patient', 'p']])

    expect(counts()).toEqual([null, '50', '25', '12'])
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, i) => `a${i}`))
    expect(asked.every((one) => one.has('from') || one.get('patient') === 'p')).toBe(true)
  })

  test('begins with half of what was asked for', async () => {
    chart({ entries: 30, bytes: 200_000, page: (count = 30) => count })

    const found = await open().search('Appointment', [
      ['_count', '30'],
      ['patient', 'p'],
    ])

    expect(counts()).toEqual(['30', '15'])
    expect(found).toHaveLength(30)
  })

  test('is no reason to go on without end: an EHR that takes no wish for fewer is refused', async () => {
    chart({ entries: 20, bytes: 300_000, page: () => 20 })

    await expect(open().search('Appointment', [['patient', 'p']])).rejects.toMatchObject({ code: 'ehr-too-large' })

    expect(counts()).toEqual([null, '50', '25', '12', '6'])
  })

  test('and whose later page is too large is asked for again from the first one on', async () => {
    chart({ entries: 40, bytes: 200_000, page: (count = 20) => count })
    const plain = crooked.said.takeOver
    crooked.said.takeOver = (path, request, response) => {
      if (!path.includes('from=20&size=20')) return plain?.(path, request, response) ?? false
      response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(5_000_001))
      return true
    }

    expect(await open().search('Appointment', [['patient', 'p']])).toHaveLength(40)

    expect(counts().slice(0, 2)).toEqual([null, '50'])
  })
})

describe('a search', () => {
  test('of more than can be kept in mind at once is refused, and is not begun anew', async () => {
    chart({ entries: 100, bytes: 2_000_000, page: () => 2 })

    await expect(open().search('Appointment', [])).rejects.toMatchObject({ code: 'ehr-too-large' })

    expect(counts()).toEqual([null])
    expect(asked.length).toBeLessThan(8)
  })

  test('whose pages lead back to one before is given up where they do', async () => {
    crooked.said.takeOver = (_path, request, response) => {
      asked.push(new URLSearchParams())
      const link = [
        { relation: 'next', url: `${crooked.iss}${request.url?.replace('/fhir', '').replace(/&again$/, '')}&again` },
      ]
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ resourceType: 'Bundle', link }))
      return true
    }

    await expect(open().search('Appointment', [['patient', 'p']])).rejects.toMatchObject({ code: 'ehr-failed' })

    expect(asked).toHaveLength(2)
  })

  test('whose pages all together take more than a minute is given up', async () => {
    let now = 0
    chart({ entries: 100, bytes: 10, page: () => 1 })
    const plain = crooked.said.takeOver
    crooked.said.takeOver = (...of) => {
      now += 10_000
      return plain?.(...of) ?? false
    }

    await expect(open(() => now).search('Appointment', [])).rejects.toMatchObject({ code: 'ehr-unreachable' })

    expect(asked).toHaveLength(6)
  })
})

test('one resource that is too large is not read, and its code says so', async () => {
  crooked.said.takeOver = (_path, _request, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...patient, text: 'x'.repeat(5_000_000) }))
    return true
  }

  await expect(open().read('Patient', 'p')).rejects.toMatchObject({ code: 'ehr-too-large' })
})

test('a list of millions of things that are none ends a look at its first one', async () => {
  crooked.said.takeOver = (_path, _request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"resourceType":"Bundle","entry":[${'1,'.repeat(400_000)}1]}`)
    return true
  }
  const before = process.cpuUsage()

  await expect(open().search('Appointment', [])).rejects.toMatchObject({ code: 'ehr-failed' })

  // With a sentence for each, it was four seconds.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500)
})

test('an EHR whose every answer is too large is told of in words, and nothing is kept of it', async () => {
  let full = false
  const world = await openWorld({
    inTheWay(request, response, handOn) {
      if (!full || !request.url?.includes('/Appointment?')) return handOn()
      response.writeHead(200, { 'content-type': 'application/fhir+json' })
      response.end(`{"resourceType":"Bundle","text":"${'x'.repeat(6_000_000)}"}`)
    },
  })
  onTestFinished(() => world.close())
  const person = await world.signIn({ user: clinic.practitioners.chen.reference })
  full = true

  await refuses(world, 'ehr-too-large', () => person.get('/api/appointments'))
})
