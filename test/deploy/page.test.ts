// docs/deploy.md as an administrator follows it: what they type exists, what they look for is what was set, and what nobody tried is said.
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clinicJitsi, compose, composeFile, text, variablesOf } from './deploy.ts'

const { services } = compose()
const page = text('docs/deploy.md')

describe('the page for administrators', () => {
  const typed = [...page.matchAll(/^ *\$ (.+)$/gm)].flatMap(([, line = '']) => line.split(' && '))
  const words = typed.map((command) =>
    command
      .replace(/^sudo /, '')
      .replace(/ \| .*$/, '')
      .split(' '),
  )

  test('has them type what there is', () => {
    const tools = [
      'git',
      'mkdir',
      'cp',
      'cd',
      'nano',
      'chown',
      'docker',
      'curl',
      'openssl',
      'tar',
      'age',
      'kubectl',
      'npm',
    ]
    const known = ['./secrets.sh', ...tools]
    const told = words.flatMap((command) =>
      command.flatMap((word) => /(?:^|=)((?:deploy|\.)\/[\w./-]+\w)$/.exec(word)?.[1] ?? []),
    )

    expect(typed.length).toBeGreaterThan(25)
    expect(words.map(([first = '']) => first).filter((first) => !known.includes(first))).toEqual([])
    expect(told.length).toBeGreaterThan(3)
    const made = ['deploy/app.env', 'deploy/secrets', 'deploy/secrets/client-keys.json']
    const there = (path: string) => existsSync(path) || existsSync(`deploy/${path}`) || made.includes(path)
    expect(told.filter((path) => !there(path))).toEqual([])
  })

  test('names services that are there', () => {
    const asked = words.flatMap(([first, second, verb = '', ...rest]) => {
      if (first !== 'docker' || second !== 'compose') return []
      if (verb === 'exec') return rest.slice(0, 1)
      return ['logs', 'stop', 'start', 'build'].includes(verb) ? rest.filter((word) => /^[a-z]+$/.test(word)) : []
    })

    expect(asked.length).toBeGreaterThan(6)
    expect(asked.filter((name) => !(name in services))).toEqual([])
  })

  test('calls the script as it wants to be called', () => {
    const call = typed.find((command) => command.startsWith('./secrets.sh')) ?? ''
    const usage = text('deploy/secrets.sh')

    expect(call.match(/--\w+/g)).toEqual(['--app', '--meet', '--address', '--email', '--organisation'])
    const calls = typed.filter((command) => command.startsWith('./secrets.sh'))
    const options = new Set(calls.flatMap((one) => one.match(/--[\w-]+/g) ?? []))
    expect([...options]).toEqual(expect.arrayContaining(['--turn', '--turn-address', '--signing']))
    for (const option of options) expect(usage).toContain(`    ${option}) `.trimEnd())
  })

  test('writes into .env what compose and the relay read there', () => {
    const blocks = [...page.matchAll(/```ini\n([\s\S]*?)```/g)].map(([, block = '']) => Object.keys(variablesOf(block)))
    const read = (path: string) => [...text(path).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
    const [relay = [], alone = [], keys = []] = blocks

    expect(blocks).toHaveLength(3)
    expect([...read(composeFile), 'COMPOSE_PROFILES']).toEqual(expect.arrayContaining([...relay, ...keys]))
    expect(alone.toSorted()).toEqual([...new Set(read('deploy/relay/compose.yaml'))].toSorted())
  })

  test('looks for each module that Jitsi is told to load, and for those that come by themselves', () => {
    const [, listed = ''] = /"\(([a-z_|]+)\)"/.exec(page) ?? []
    const counted = / wc -l\n(\d+)\n/.exec(page)?.[1]
    const told = [clinicJitsi.XMPP_MODULES, clinicJitsi.XMPP_MUC_MODULES].flatMap((list) => list.split(','))

    const alone = ['filter_messages', 'token_verification', 'reservations']
    expect(listed.split('|').toSorted()).toEqual([...told, ...alone].toSorted())
    expect(Number(counted)).toBe(listed.split('|').length)
  })

  test('integrate.md has the same list for a Jitsi of one’s own', () => {
    const [, block = ''] = /```ini\n(ENABLE_AUTH=1\n[\s\S]*?)```/.exec(text('docs/integrate.md')) ?? []
    const { CSP_HEADER, JWT_APP_SECRET, ...listed } = variablesOf(block)

    expect({ ...listed, CSP_HEADER: clinicJitsi.CSP_HEADER }).toEqual(clinicJitsi)
    expect([CSP_HEADER, JWT_APP_SECRET]).toEqual([expect.stringMatching(/^frame-ancestors https:/), expect.any(String)])
  })

  test('says what has not been tried', () => {
    expect(page).toContain('Linted and rendered, not run')
  })
})
