// The machine that runs it all, as compose and the proxy will: who can reach whom, what the world sees, and a Jitsi set as it must be.
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clinicJitsi, compose, composeFile, type Service, settingsIn, text } from './deploy.ts'

const { services, networks, volumes } = compose()
const all = Object.entries(services)
const jitsi = ['web', 'prosody', 'jicofo', 'jvb']
const page = text('docs/deploy.md')

const serviceOf = (name: string): Service => {
  const found = services[name]
  if (found === undefined) throw new Error(`no service ${name}`)
  return found
}

/** Ours besides: no address of one side for the other, and nobody outside who is asked for one. */
const quiet = { ENABLE_P2P: '0', JVB_DISABLE_STUN: '1', TZ: 'UTC', PUBLIC_URL: `https://\${JITSI_HOST}` }
/** What one of them alone is told, beside what all four are. */
const own: Readonly<Record<string, readonly string[]>> = {
  web: ['DISABLE_HTTPS', 'ENABLE_HTTP_REDIRECT'],
  prosody: [
    ...['JWT_APP_SECRET', 'JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD', 'LOG_LEVEL'],
    ...['JWT_SIGN_TYPE', 'XMPP_CONFIGURATION', 'JWT_ASAP_KEYSERVER'],
    ...['TURNS_HOST', 'TURNS_PORT', 'TURN_CREDENTIALS', 'TURN_TTL'],
    ...['JITSI_ORGANISATIONS', 'JITSI_EVENTS_SECRET'],
    ...['PROSODY_RESERVATION_ENABLED', 'PROSODY_RESERVATION_REST_BASE_URL'],
  ],
  jicofo: ['JICOFO_AUTH_PASSWORD', 'JICOFO_ENABLE_HEALTH_CHECKS'],
  jvb: ['JVB_AUTH_PASSWORD', 'JVB_ADVERTISE_IPS', 'JVB_PORT'],
}

describe('Jitsi', () => {
  test.each(jitsi)('%s is told what keeps strangers and recorders out, and nothing nobody has looked at', (name) => {
    const { environment } = serviceOf(name)
    const common = { ...clinicJitsi, ...quiet }

    expect(environment).toMatchObject(common)
    expect(Object.keys(environment).toSorted()).toEqual([...Object.keys(common), ...(own[name] ?? [])].toSorted())
  })

  test('it tells who is who in a room, from the host that people connect to: among the rooms’ own modules nobody would hear of it', () => {
    const { XMPP_MODULES = '', XMPP_MUC_MODULES = '' } = serviceOf('prosody').environment

    expect(XMPP_MODULES.split(',')).toContain('presence_identity')
    expect(XMPP_MUC_MODULES.split(',')).not.toContain('presence_identity')
  })

  test('its four parts are of one exact release', () => {
    const releases = jitsi.map((name) => serviceOf(name).image.replace(`ghcr.io/jitsi/${name}:`, ''))

    expect(new Set(releases).size).toBe(1)
    expect(releases[0]).toMatch(/^stable-\d+(-\d+)?$/)
    expect(page).toContain(releases[0])
  })

  test('Prosody alone holds the secret that opens rooms', () => {
    const holders = all.filter(([, { environment }]) => 'JWT_APP_SECRET' in environment).map(([name]) => name)

    expect(holders).toEqual(['prosody'])
    expect(serviceOf('prosody').environment.JWT_APP_SECRET).toBe(`\${JWT_APP_SECRET}`)
  })

  test('its processes own the folder they are started from, since they may not take it', () => {
    for (const name of jitsi) {
      const run = serviceOf(name).tmpfs.find((mount) => mount.startsWith('/run:'))
      expect([name, run]).toEqual([name, expect.stringMatching(/mode=0750,uid=1000,gid=1000,exec$/)])
    }
  })

  test('no address of a request is written down, since it may hold a token', () => {
    const nginx = text('deploy/jitsi/web/nginx-custom/private.conf')

    expect(serviceOf('prosody').environment.LOG_LEVEL).toBe('warn')
    expect(nginx).toMatch(/^access_log off;$/m)
    expect(nginx).toMatch(/^error_log \/dev\/stderr crit;$/m)
  })
})

describe('every container', () => {
  test.each(all)('%s may do no more than it must', (_, service) => {
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
    expect(service.restart).toBe('unless-stopped')
    expect(service.logging.driver).toBe('local')
  })

  test('only those whose program carries a capability are left one', () => {
    const given = all.filter(([, { cap_add }]) => cap_add.length > 0)

    expect(given.map(([name, { cap_add }]) => [name, cap_add])).toEqual([
      ['proxy', ['NET_BIND_SERVICE']],
      ['turn', ['NET_BIND_SERVICE']],
      ['relay-certificate', ['NET_BIND_SERVICE']],
    ])
  })

  test('is one that somebody asked for: the relay and its certificate are off by themselves', () => {
    const asked = all.filter(([, { profiles }]) => profiles.length > 0)

    expect(asked.map(([name, { profiles }]) => [name, profiles])).toEqual([
      ['turn', ['turn']],
      ['relay-certificate', ['turn']],
    ])
  })

  test('is of an exact version', () => {
    const loose = all.filter(([, { image }]) => !/:[\w.-]*\d[\w.-]*$/.test(image) || /latest/.test(image))

    expect(loose.map(([name]) => name)).toEqual([])
    // One number for the whole of it.
    const { version } = JSON.parse(text('package.json')) as { version: string } // sound: package.json has one
    expect(serviceOf('app').image).toBe(`housecall:${version}`)
  })

  test('says whether it is well: the app by its image', () => {
    const silent = all.filter(([, { healthcheck }]) => healthcheck === undefined).map(([name]) => name)

    expect(silent).toEqual(['app'])
  })
})

describe('who reaches whom', () => {
  const members = (network: string) =>
    all.filter(([, service]) => service.networks.includes(network)).map(([name]) => name)

  test('the world reaches the proxy and the video, as the page for administrators says', () => {
    const open = Object.fromEntries(all.filter(([, { ports }]) => ports.length > 0).map(([name, s]) => [name, s.ports]))

    expect(open).toEqual({
      proxy: ['80:80', `\${HTTPS_AT}:443`],
      jvb: ['10000:10000/udp'],
      turn: [`\${TURNS_AT}:5349`],
    })
    for (const port of ['80/tcp', '443/tcp', '10000/udp', '5349/tcp']) expect(page).toContain(`| ${port} `)
  })

  test('nobody but the app and Jitsi’s own reaches Prosody, the proxy least of all', () => {
    const prosody = serviceOf('prosody')
    const near = all.filter(([, { networks }]) => networks.some((network) => prosody.networks.includes(network)))

    expect(near.map(([name]) => name).toSorted()).toEqual(['app', 'jicofo', 'jvb', 'prosody', 'web'])
    expect(members('front').toSorted()).toEqual(['app', 'proxy', 'relay-certificate', 'web'])
    expect(serviceOf('proxy').networks).toEqual(['front'])
  })

  test('the app’s way to Prosody is theirs alone, and leads nowhere else', () => {
    expect(members('backstage')).toEqual(['app', 'prosody'])
    expect(networks.backstage).toEqual({ internal: true })
    expect(serviceOf('app').networks.filter((network) => members(network).includes('prosody'))).toEqual(['backstage'])
  })

  test('every network and every volume that is named exists, and is used', () => {
    const named = all.flatMap(([, service]) => service.volumes).filter((mount) => typeof mount === 'string')

    expect([...new Set(all.flatMap(([, service]) => service.networks))].toSorted()).toEqual(
      Object.keys(networks).toSorted(),
    )
    expect(named.map((mount) => mount.split(':')[0] ?? '').toSorted()).toEqual(Object.keys(volumes).toSorted())
  })
})

describe('the app in its container', () => {
  const known = settingsIn(text('server/settings/config.ts'))

  test('is given no setting it does not have', () => {
    const given = [composeFile, 'deploy/Dockerfile', 'deploy/secrets.sh'].flatMap((path) => settingsIn(text(path)))

    expect(given.length).toBeGreaterThan(4)
    expect(given.filter((name) => !known.includes(name))).toEqual([])
  })

  test('runs as the owner of its folders, once, and gets its secrets from a file of its own', () => {
    const app = serviceOf('app')

    expect(app.user).toBe(`\${APP_UID}:\${APP_GID}`)
    expect(app.container_name).toBe('housecall')
    expect(app.env_file).toEqual(['app.env'])
    expect(app.stop_grace_period).toBe('30s')
  })

  test('what is mounted is in the repository, or is made on the machine and never kept here', () => {
    const kept = text('deploy/.gitignore').split('\n')
    const mounted = all.flatMap(([, service]) => service.volumes.filter((mount) => typeof mount !== 'string'))
    const sources = mounted.map(({ source }) => source.replace('./', ''))
    const made = sources.filter((source) => kept.includes(source) || kept.includes(`${source}/`))

    expect([...new Set(made)].toSorted()).toEqual(['certificates', 'clinics', 'data', 'secrets'])
    expect(sources.filter((source) => !made.includes(source) && !existsSync(`deploy/${source}`))).toEqual([])
    // Nothing but its data may be changed from inside.
    expect(mounted.filter(({ read_only }) => read_only !== true).map(({ target }) => target)).toEqual([
      '/var/lib/housecall',
      '/data',
    ])
  })
})
