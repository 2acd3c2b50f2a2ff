// What is said to whoever cannot sign in, or goes to an address that nobody has: which clinic it is and how to reach it where the issuer says
// so, and words in place of a program's answer.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { ask, personAt } from '../support/people.ts'
import { atEhr, launchSearch, leave } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const emergency = 'In an emergency, call 112 & "stay" <there>.'
const user = clinic.practitioners.chen.reference
let world: World
beforeAll(async () => {
  world = await openWorld({
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) => ({ ...o, name: 'Riverside & Sons', emergency })),
    }),
  })
})
afterAll(() => world.close())

const words = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }
/** What the page's root element says of itself. */
const rootOf = (text: string) => /<html[^\n]*?lang="en">/.exec(text)?.[0]
const itsClinic =
  'data-clinic="Riverside &amp; Sons" data-phone="555-0100" data-emergency="In an emergency, call 112 &amp; &quot;stay&quot; &lt;there&gt;."'

test('a launch that is refused names the clinic of its issuer, its number and its words for an emergency', async () => {
  const iss = encodeURIComponent(world.ehr.issuers.provider)

  const unfinished = await ask(world.url, `/smart/launch?iss=${iss}&people=nobody`, words)
  const landing = await ask(world.url, `/launch.html?iss=${iss}`, words)

  expect([unfinished.status, landing.status]).toEqual([400, 200])
  for (const { text } of [unfinished, landing]) expect(rootOf(text)).toContain(itsClinic)
})

test('a sign-in that goes wrong on its way back names the clinic it began with', async () => {
  const { cookie, location } = await leave(world.url, await launchSearch(world.ehr, { user }))
  const back = await atEhr(location)
  await ask(world.url, back, { headers: { ...words.headers, cookie } })

  const { status, text } = await ask(world.url, back, { headers: { ...words.headers, cookie } })

  expect(status).toBe(400)
  expect(rootOf(text)).toContain(itsClinic)
})

test('a sign-in that nobody knows any more names the clinic whose own address it came back to, and none at an address of several', async () => {
  const { location } = await leave(world.url, await launchSearch(world.ehr, { user }))
  const { pathname } = new URL(new URL(location).searchParams.get('redirect_uri') ?? '')

  const { status, text } = await ask(world.url, `${pathname}?state=never-was&code=x`, words)
  const common = await ask(world.url, '/smart/callback?state=never-was&code=x', words)

  expect(pathname).toMatch(/^\/smart\/callback\/.+\/.+/)
  expect(status).toBe(400)
  expect(rootOf(text)).toContain(itsClinic)
  expect(rootOf(common.text)).not.toContain('data-clinic')
})

test('where no script runs, the page itself says how its clinic is reached', async () => {
  const iss = encodeURIComponent(world.ehr.issuers.provider)
  const noScript = ({ text }: { text: string }) => /<noscript>(.*)<\/noscript>/s.exec(text)?.[1]

  const its = noScript(await ask(world.url, `/launch.html?iss=${iss}`, words))
  const nobodys = noScript(await ask(world.url, '/launch.html', words))

  expect(its).toContain('<a class="phone" href="tel:5550100">Riverside &amp; Sons: 555-0100</a>')
  expect(its).toContain('In an emergency, call 112 &amp; &quot;stay&quot; &lt;there&gt;.')
  expect(nobodys).not.toContain('tel:')
})

test('an issuer that is not listed, and a page of nobody, name no clinic', async () => {
  const strange = await ask(world.url, `/smart/launch?iss=${encodeURIComponent('https://fhir.nowhere.example')}`, words)
  const nobody = await ask(world.url, '/v/made-up', words)

  for (const { text } of [strange, nobody]) expect(rootOf(text)).not.toContain('data-clinic')
})

test('a page of somebody signed in names their clinic too, for what it asks next may not come', async () => {
  const person = await world.signIn({ user })

  const page = await ask(world.url, person.home, { headers: { ...words.headers, cookie: person.cookie } })

  expect(page.status).toBe(200)
  expect(rootOf(page.text)).toContain(itsClinic)
})

test('a sign-in that has idled out names its clinic to the browser that had it, and to no other', async () => {
  const person = await world.signIn({ user })
  world.later(45)

  const theirs = await ask(world.url, person.home, { headers: { ...words.headers, cookie: person.cookie } })
  const other = await ask(world.url, person.home, words)

  expect(rootOf(theirs.text)).toContain(itsClinic)
  expect(rootOf(other.text)).not.toContain('data-clinic')
})

test.each(['/nowhere', '/v/made-up/visits/x/y', '/%E0%A4%A', '/smart/nowhere'])(
  'at %s a person reads words, in every listed frame, and a program gets its answer',
  async (path) => {
    const person = await ask(world.url, path, words)
    const program = await ask(world.url, path)

    expect(person.status).toBe(program.status)
    expect(person.headers['content-type']).toMatch(/^text\/html/)
    expect(rootOf(person.text)).toContain(`data-refusal="${program.code}"`)
    expect(person.headers['content-security-policy']).toContain(`frame-ancestors 'self' ${world.ehr.origin}`)
    expect(program.headers['content-type']).toMatch(/^application\/fhir\+json/)
  },
)

test('what a page itself asks is answered as JSON, also where nobody is', async () => {
  const stranger = personAt(world.url, '/v/made-up', 'housecall=guessed')

  const answer = await stranger.get('/api/nowhere')

  expect(answer.headers['content-type']).toMatch(/^application\/fhir\+json/)
})
