// Whoever finds a weakness learns whom to tell: what the administrator set, as RFC 9116 writes it, and nothing where nothing is set.
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../server/settings/config.ts'
import { securityContacts } from '../../server/settings/variables.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
afterEach(() => world.close())

const path = '/.well-known/security.txt'
const contacts = ['mailto:security@clinic.example', 'https://clinic.example/security', 'tel:+1-201-555-0123']
/** RFC 9116, 2.2: fields and comments, each line ended; a field's name is looked at without its capitals. */
const fieldsOf = (text: string) =>
  text.split('\n').map((line) => /^([A-Za-z-]+): (\S.*)$/.exec(line)?.slice(1) ?? [line])

describe('/.well-known/security.txt', () => {
  test('names whom to tell in their order, until when that is good, and where it stands, to anybody', async () => {
    world = await openWorld({ config: (config) => ({ ...config, securityContact: contacts }) })

    const { status, headers, text } = await ask(world.url, path)

    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(fieldsOf(text)).toEqual([
      ...contacts.map((contact) => ['Contact', contact]),
      ['Expires', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)],
      ['Preferred-Languages', 'en'],
      ['Canonical', `${world.url}${path}`],
      [''],
    ])
  })

  test('is good for ninety days from a start and is not made good by being asked for; a new start makes it good again', async () => {
    world = await openWorld({ config: (config) => ({ ...config, securityContact: contacts }) })
    const expires = async () => Date.parse(/^Expires: (.*)$/m.exec((await ask(world.url, path)).text)?.[1] ?? '')
    const days = async () => Math.round(((await expires()) - world.now()) / 86_400_000)

    const [first] = [await days()]
    world.later(91 * 24 * 60)
    const left = await days()
    await world.restart()

    expect([first, left, await days()]).toEqual([90, -1, 90])
  })

  test('is nothing where nobody is named', async () => {
    world = await openWorld()

    await refuses(world, 'not-found', () => ask(world.url, path))
  })

  test('takes addresses alone, and no line of somebody else’s', async () => {
    world = await openWorld()
    const read = (text: string) => securityContacts.safeParse(text).success

    expect(read(contacts.join(' '))).toBe(true)
    const wrong = [
      'security@clinic.example',
      'http://clinic.example',
      'mailto:a@b\nContact: mailto:c@d',
      'tel:x',
      'javascript:alert(1)',
    ]
    expect(wrong.filter(read)).toEqual([])
    expect(() => readConfig({ HOUSECALL_SECURITY_CONTACT: 'security@clinic.example' })).toThrow(
      /HOUSECALL_SECURITY_CONTACT at 0: must be mailto:/,
    )
  })
})
