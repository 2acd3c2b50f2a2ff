// The proxy's and Jitsi's own rules, read as they read them: which names answer, where they lead, what is shut, and what is never written down.
import { describe, expect, test } from 'vitest'
import { trustedProxies } from '../../server/settings/proxies.ts'
import { blockOf, blocksOf } from './caddy.ts'
import { compose, text } from './deploy.ts'

const file = blocksOf(text('deploy/Caddyfile'))
const options = blockOf(file, '')
const { services } = compose()

describe('the proxy', () => {
  test('answers for two names, for the authority’s question, and for its own health on loopback', () => {
    const heads = file.blocks.map(({ head }) => head).filter((head) => head !== '' && !head.startsWith('('))

    expect(heads).toEqual(['{$APP_HOST}', '{$JITSI_HOST}', 'http://', 'http://:8080'])
    expect(blockOf(file, 'http://:8080').lines).toEqual(['bind 127.0.0.1', 'respond 204'])
    expect(services.proxy?.healthcheck?.test.at(-1)).toBe('http://127.0.0.1:8080/')
  })

  test('is told every name it reads', () => {
    const read = [...text('deploy/Caddyfile').matchAll(/\{\$(\w+)\}/g)].map(([, name]) => name)

    expect([...new Set(read)].toSorted()).toEqual(Object.keys(services.proxy?.environment ?? {}).toSorted())
  })

  test.each([
    ['{$APP_HOST}', 'app', 'reverse_proxy app:4000'],
    ['{$JITSI_HOST}', 'web', 'reverse_proxy web:8000'],
  ])('%s leads to %s and nowhere else', (head, service, line) => {
    const { lines, blocks } = blockOf(file, head)

    expect(
      [...lines, ...blocks.map((block) => block.head)].filter((one) => /proxy|forward|file_server/.test(one)),
    ).toEqual([line])
    expect(services[service]?.networks).toContain('front')
  })

  test('passes the authority’s question about the relay’s name on, and nothing else without TLS', () => {
    // Caddy takes `respond` before `reverse_proxy`, in whatever order they stand: so the one names what it does not answer.
    expect(blockOf(file, 'http://').lines).toEqual([
      '@other not path /.well-known/acme-challenge/*',
      'respond @other 404',
      'reverse_proxy relay-certificate:8080',
    ])
    expect(services['relay-certificate']?.networks).toContain('front')
  })

  test('sends no event stream to be packed, and lets one end with its page', () => {
    const { lines } = blockOf(file, '{$APP_HOST}')

    expect(lines.filter((line) => line.startsWith('encode'))).toEqual(['encode @assets zstd gzip'])
    expect(lines).toContain('@assets path /assets/*')
    // With -1 Caddy keeps asking the app after the page has gone: people who left would look present.
    expect(lines.filter((line) => line.includes('flush_interval'))).toEqual([])
    expect(blockOf(options, 'servers').lines).toEqual(['protocols h1 h2'])
  })

  test('has browsers come back by https alone, also where the app did not say so', () => {
    for (const head of ['{$APP_HOST}', '{$JITSI_HOST}']) expect(blockOf(file, head).lines).toContain('import headers')
    const { lines } = blockOf(blockOf(file, '(headers)'), 'header')

    expect(lines).toContain('?Strict-Transport-Security "max-age=63072000"')
    expect(lines).toContain('?Referrer-Policy "no-referrer"')
  })

  test('writes down neither addresses nor headers of requests', () => {
    const filter = blockOf(blockOf(options, 'log default'), 'format filter')

    expect(blockOf(filter, 'fields').lines).toEqual(['request>uri delete', 'request>headers delete'])
    // No site has an access log.
    expect(file.blocks.flatMap(({ lines }) => lines).filter((line) => /^log\b/.test(line))).toEqual([])
    expect(options.lines).toContain('admin off')
  })
})

describe('the address that the proxy names', () => {
  test('is believed by the app, which stands behind one proxy here and behind one ingress there', () => {
    expect(services.app?.environment).toMatchObject({ HOUSECALL_TRUST_PROXY: '1' })
    expect(text('deploy/kubernetes/deployment.yaml')).toContain('{ name: HOUSECALL_TRUST_PROXY, value: "1" }')
    expect(trustedProxies.parse('1')).toBe(1)
    // Caddy sets the header anew unless it is told to trust somebody in front of it.
    expect(text('deploy/Caddyfile')).not.toMatch(/trusted_proxies|header_up/)
  })
})

describe('Prosody’s own pages', () => {
  const { lines } = blockOf(file, '{$JITSI_HOST}')
  const shut = /^@private path_regexp \(\?i\)(\S+)$/m.exec(lines.join('\n'))?.[1] ?? 'nothing'
  const nginx = /^location ~\* (\S+) \{\n\s+return 404;\n\}$/m.exec(
    text('deploy/jitsi/web/nginx-custom/private.conf'),
  )?.[1]
  const paths = ['/end-meeting', '/room-census', '/clinic/end-meeting', '/clinic/room-census/', '/END-meeting']

  test.each(paths)('%s is shut at the proxy, and again at Jitsi’s nginx', (path) => {
    expect(path).toMatch(new RegExp(shut, 'i'))
    expect(path).toMatch(new RegExp(nginx ?? 'nothing', 'i'))
    expect(lines).toContain('respond @private 404')
  })

  test.each(['/', '/external_api.js', '/xmpp-websocket', '/http-bind', '/abcdefghij234567', '/libs/app.bundle.min.js'])(
    '%s, which a call needs, is open',
    (path) => {
      expect(path).not.toMatch(new RegExp(shut, 'i'))
      expect(path).not.toMatch(new RegExp(nginx ?? '', 'i'))
    },
  )
})
