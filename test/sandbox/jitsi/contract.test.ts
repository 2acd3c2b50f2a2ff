// The sandbox's Jitsi is kept honest: each of its answers cites what it copies, and a list of cases holds it to that. With JITSI_CONTRACT_URL
// (and _SECRET, _ISSUER, _AUDIENCE, _DOMAIN) the same list is held against a real server; with JITSI_CONTRACT_STOP and _START also what is so
// when a part of it dies.
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { addresses, answers, errors, events, posts, words } from '../../../sandbox/jitsi/cited.ts'
import { type FactName, facts } from '../../../sandbox/jitsi/facts.ts'
import { closeHouse, type House, openHouse } from '../../support/jitsi-visitor.ts'
import { type Case, cases, ownCases } from './contract-cases.ts'
import { partCases } from './contract-parts.ts'
import { reservationCases } from './contract-reservations.ts'
import { roomCases } from './contract-rooms.ts'
import { telephoneCases, withoutCases } from './contract-without.ts'
import { overXmpp, type Place, realPlace, saidOf, sandboxPlace } from './places.ts'

const ofSandbox: readonly Case[] = [...ownCases, ...reservationCases, ...withoutCases]
const ofRooms: readonly Case[] = [...roomCases, ...telephoneCases]
const named = (list: readonly Case[]) => list.map((one) => [`${one.fact}: ${one.sent} → ${one.comes}`, one] as const)
const real = realPlace(process.env)
console.log(saidOf(real))

let house: House
let sandbox: Place
beforeAll(async () => {
  house = await openHouse()
  const { secret } = house
  sandbox = sandboxPlace(house, { issuer: 'telehealth', audience: 'jitsi', domain: 'meet.jitsi', secret })
})
afterAll(() => closeHouse(house))

describe('the sandbox’s Jitsi', () => {
  test.each(named([...cases, ...ofRooms, ...partCases, ...ofSandbox]))('%s', async (_, { check }) => {
    await check(sandbox)
  })
})

// Without the variable these are none, and the line above says so.
if (real !== undefined)
  describe('the Jitsi that JITSI_CONTRACT_URL names', () => {
    test.each(named([...cases, ...ofRooms, ...(real.parts ? partCases : [])]))('%s', async (_, { check }) => {
      await check(real)
    })
  })

describe('each answer cites what it copies', () => {
  const source = (path: string) => readFileSync(`sandbox/jitsi/${path}`, 'utf8')
  const all = readdirSync('sandbox/jitsi/public/libs').map((name) => source(`public/libs/${name}`))
  const page = all.join('\n')
  const found = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map((m) => m[1] ?? ''))].sort()

  test('every event and every error the room page tells', () => {
    const told = [...found(page, /\bemit\('(\w+)'/g), ...found(page, /onFault\('(\w+)'/g)]
    const muted = ['audioMuteStatusChanged', 'videoMuteStatusChanged', 'errorOccurred'] // told by a name that is put together

    expect([...new Set([...told, ...muted])].sort()).toEqual(Object.keys(events).sort())
    expect(found(page, /\bfail\('([\w.]+)'/g)).toEqual(Object.keys(errors).sort())
  })

  test('every word in which a token is refused', () => {
    const token = source('token.ts')
    const said = [
      ...found(token, /\brefused\('([^'\n]+)'\)/g),
      ...found(token, /\brefused\("([^"\n]+)"\)/g),
      ...found(token, /\breturn ['`](.+)['`]$/gm),
      ...found(token, / : '([A-Z][a-z ]{8,})'$/gm),
    ]

    expect(said.length).toBeGreaterThan(15)
    const fixed = said.map((text) => text.replace(/ \(\$\{.*$/, ''))
    expect(fixed.filter((text) => !(text in words))).toEqual([])
    expect(Object.keys(words).filter((text) => !token.includes(text))).toEqual([])
  })

  test('every event that is posted, every message of the socket, and every address', () => {
    const posting = found(source('events.ts'), /'(muc-[a-z-]+)'/g)
    expect(Object.keys(posts)).toEqual(expect.arrayContaining(posting))
    expect(Object.keys(answers).sort()).toEqual(
      found(source('wire.ts').split('FromServer =')[1] ?? '', /type: '([\w-]+)'/g),
    )
    const served = [
      ...found(source('pages.ts'), /\bapp\.get\('([^']+)'/g),
      ...found(source('main.ts'), /'(\/[a-z-]+)'/g),
    ]
    expect([...new Set(served)]).toEqual(['/external_api.js', '/libs/:name', '/room-census', '/xmpp-websocket'])
    expect(Object.keys(addresses)).toEqual(expect.arrayContaining(served))
  })

  test('and each fact is known from somewhere, and held by a case of the list or said to be ours', () => {
    const held = new Set<FactName>([...cases, ...ofRooms, ...partCases, ...ofSandbox].map(({ fact }) => fact))
    // What the page tells needs a browser: test/browser/jitsi.spec.ts and media.spec.ts look at it.
    const inBrowser: readonly FactName[] = [
      ...(['events', 'devices', 'gave-up', 'events-source', 'token-key'] as const),
      ...(['media-by-the-bridge', 'media-given-up'] as const),
    ]
    const names = Object.keys(facts) as FactName[] // sound: its own keys

    expect(names.filter((name) => !held.has(name) && !inBrowser.includes(name) && facts[name].how !== 'ours')).toEqual(
      [],
    )
    for (const { says, from } of Object.values(facts))
      expect([says, from]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\w/)])
  })
})

describe('the way to a real server', () => {
  /** Speaks as RFC 7395 and RFC 4505 have it, and takes one token. */
  async function prosody() {
    const heard: string[] = []
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    server.on('connection', (socket, { url = '' }) => {
      const { searchParams } = new URL(url, 'ws://127.0.0.1')
      let offer = '<mechanisms><mechanism>ANONYMOUS</mechanism></mechanisms>'
      socket.on('message', (raw) => {
        const stanza = String(raw)
        heard.push(stanza)
        if (stanza.startsWith('<open')) {
          socket.send('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" version="1.0"/>')
          socket.send(`<stream:features xmlns:stream="http://etherx.jabber.org/streams">${offer}</stream:features>`)
          offer = '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>'
        } else if (searchParams.get('token') === 'good')
          socket.send('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>')
        else socket.send('<failure><not-allowed/><text>invalid &apos;iss&apos; claim</text></failure>')
      })
    })
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return { heard, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } // sound: it listens on a port
  }

  test('shows a token when connecting, joins nothing, and hears yes or the words of the no', async () => {
    const { heard, origin } = await prosody()

    expect(await overXmpp(origin, 'meet.jitsi', 'good')).toBe('connected')
    expect(await overXmpp(origin, 'meet.jitsi', 'bad')).toEqual({ refused: "invalid 'iss' claim" })
    expect(heard.map((stanza) => /^<(\w+)/.exec(stanza)?.[1])).toEqual(['open', 'auth', 'open', 'open', 'auth'])
  })

  test('is taken only where the environment names one, and a run without it says so in plain words', () => {
    expect(realPlace({})).toBeUndefined()
    expect(realPlace({ JITSI_CONTRACT_URL: '' })).toBeUndefined()
    expect(saidOf(undefined)).toMatch(/^JITSI_CONTRACT_URL is not set: .* not against a real one\.$/)

    const place = realPlace({ JITSI_CONTRACT_URL: 'https://meet.example.org/', JITSI_CONTRACT_SECRET: 'x' })
    expect(place).toMatchObject({
      origin: 'https://meet.example.org',
      realm: { issuer: 'housecall', domain: 'meet.jitsi' },
    })
    expect(saidOf(place)).toMatch(/its rooms too\. What a browser alone shows is not: try that by hand/)
    expect(saidOf(place)).toMatch(/JITSI_CONTRACT_STOP .* dies was held against the Jitsi of the sandbox only\.$/)
    expect(place?.parts).toBeUndefined()
  })

  test('stops and starts its parts by the commands that the environment names, and says that it does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'housecall-contract-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const told = (what: string) => `>>${join(folder, 'told')} echo ${what}`
    const place = realPlace({
      ...{ JITSI_CONTRACT_URL: 'https://meet.example.org/', JITSI_CONTRACT_SECRET: 'x' },
      ...{ JITSI_CONTRACT_STOP: told('stop'), JITSI_CONTRACT_START: told('start') },
    })

    await place?.parts?.stop('bridge')
    await place?.parts?.start('bridge')

    expect(await readFile(join(folder, 'told'), 'utf8')).toBe('stop bridge\nstart bridge\n')
    expect(saidOf(place)).toMatch(/stopped and started again by the commands of JITSI_CONTRACT_STOP/)
    expect(
      realPlace({ JITSI_CONTRACT_URL: 'https://meet.example.org/', JITSI_CONTRACT_STOP: 'x' })?.parts,
    ).toBeUndefined()
  })
})
