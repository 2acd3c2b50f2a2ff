// Owns what no honest page, person or system sends: texts, bodies, headers, parameters and request lines. The same ones at every run.
import fc from 'fast-check'

const seed = 20261129
const sample = <T>(of: fc.Arbitrary<T>, count: number): readonly T[] => fc.sample(of, { seed, numRuns: count })

/** Texts that something on the way may stumble over. */
const texts = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '../../etc/passwd',
    '%',
    '%00',
    '%2e%2e%2f',
    '\u0000',
    '\u202e',
    '\ud83d',
    '\ufeff',
    'ﬀ',
    '\r\n\r\n',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e999',
    '0x10',
    '[object Object]',
    'true',
  ],
  ...['<script>alert(1)</script>', '"\'`;--', '{{7*7}}', '$where', '\\', '\u2028', '\t', 'a'.repeat(5_000)],
]
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 30 }))
const scalar = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.bigInt().map(Number))
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse('['.repeat(50) + ']'.repeat(50)) as unknown),
)

const object = fc
  .dictionary(
    fc.oneof(text, fc.constantFrom('guest', 'door', 'key', 'locked', 'as', 'sees', 'soap', 'agrees', 'at')),
    value,
    {
      maxKeys: 5,
    },
  )
  .map((fields) => JSON.stringify({ ...fields, 'no such field': true }))
const torn = fc.constantFrom(
  ...['{', '[', '"', 'nul', '{"a":}', '{}}', '\ufeff{"a":1}', '{"a":1,"a":', "{'a':1}", '\u0000', 'NaN'],
)
const list = fc.array(value, { maxLength: 3 }).map((one) => JSON.stringify(one))
const bare = fc.constantFrom(
  'null',
  '7',
  '"text"',
  'true',
  '[]',
  '[[[]]]',
  '{"__proto__":{"x":1}}',
  '{"constructor":null}',
  '['.repeat(9_000) + ']'.repeat(9_000),
  '{"a":'.repeat(9_000),
)

/** Bodies of which no schema takes one: torn, of another kind, or with a field that nothing has. */
export const oddBodies = (count: number): readonly string[] => sample(fc.oneof(object, object, torn, list, bare), count)

/** One segment of a path, or the value of a parameter, as it would stand in a request line. */
export const oddSegments = (count: number): readonly string[] =>
  sample(
    fc.oneof(
      text.map(encoded),
      fc.constantFrom(
        '%',
        '%zz',
        '%e0%a4%a',
        '%c0%ae',
        '%00',
        '..%2f..%2f',
        '%2e%2e',
        '*',
        '$',
        ';a=b',
        'a'.repeat(4_000),
      ),
    ),
    count,
  )

/** Half a surrogate cannot be encoded: nobody can send it in an address either. */
const encoded = (one: string) => encodeURIComponent(one.replaceAll(/\p{Surrogate}/gu, '')).slice(0, 6_000)

export const oddQueries = (count: number): readonly string[] =>
  sample(
    fc.array(
      fc.tuple(fc.constantFrom('iss', 'launch', 'state', 'code', 'as', 'people', 'a[b]', '__proto__', ''), text),
      { maxLength: 4 },
    ),
    count,
  ).map((pairs) => pairs.map(([name, of]) => `${encoded(name)}=${encoded(of)}`).join('&'))

/** Headers that can be sent at all, each with a value that is none. */
export const oddHeaders = (count: number): readonly (readonly [string, string])[] =>
  sample(fc.tuple(fc.constantFrom(...headerNames), fc.oneof(fc.constantFrom(...headerValues), latin)), count)

const headerNames = [
  ...[
    'cookie',
    'authorization',
    'if-match',
    'if-none-match',
    'if-modified-since',
    'range',
    'accept',
    'accept-encoding',
  ],
  ...[
    'content-type',
    'content-encoding',
    'origin',
    'sec-fetch-site',
    'last-event-id',
    'x-forwarded-for',
    'x-forwarded-host',
  ],
  ...[
    'x-forwarded-proto',
    'forwarded',
    'referer',
    'user-agent',
    'x-http-method-override',
    'traceparent',
    'upgrade-insecure-requests',
  ],
]
const headerValues = [
  ...[
    '',
    '*',
    ',',
    ';',
    '=',
    'null',
    '"',
    'W/"',
    'W/"1", W/"2"',
    'bytes=-1',
    'bytes=9-1,0-,-',
    'a/b;q=',
    '*/*;q=9e9',
    '\u00a0',
  ],
  ...[
    'housecall=',
    'housecall=a; housecall=b',
    '__proto__=x',
    `housecall=${'x'.repeat(3_000)}`,
    'Bearer',
    `Bearer ${' '.repeat(3_000)}\u00a0`,
  ],
  ...[
    '127.0.0.1',
    '::1',
    '999.1.1.1',
    ',,,,',
    '1.1.1.1,'.repeat(300),
    'for="[',
    'application/json; charset=utf-7',
    'gzip, br',
    '1e999',
  ],
]
const latin = fc
  .array(
    fc.integer({ min: 0x20, max: 0xff }).filter((n) => n !== 0x7f),
    { maxLength: 40 },
  )
  .map((codes) => String.fromCharCode(...codes).trim())

/** Whole request lines with their headers, as bytes: some are HTTP, some never were. */
export const oddRequests = (count: number): readonly string[] =>
  sample(
    fc
      .tuple(
        fc.constantFrom(...methods),
        fc.oneof(
          fc.constantFrom(...targets),
          latin.map((one) => `/${one}`),
        ),
        fc.constantFrom(...versions),
        fc.constantFrom(...heads),
      )
      .map(([method, target, version, head]) => `${method} ${target} ${version}\r\n${head}\r\n\r\n`),
    count,
  ).concat(torsos)

const methods = [
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PATCH',
  'PRI',
  'FOO',
  'get',
  '',
]
const versions = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', '']
const callback = '/smart/callback?state=x&code=y'
const targets = [
  ...[
    '/',
    '//',
    '///',
    '*',
    '',
    '?',
    '#',
    '/#',
    '/?',
    '/%',
    '/%00',
    '/%zz',
    '/%E0%A4%A',
    '/..',
    '/../..',
    '/.',
    '/v',
    '/v/',
    '/v//api/me',
  ],
  ...[
    callback,
    `/${callback}`,
    `http://elsewhere.example${callback}`,
    `http://a:99999999${callback}`,
    `http://[${callback}`,
  ],
  ...[
    `http://[::1${callback}`,
    `http://%${callback}`,
    `http://${callback}`,
    `http:${callback}`,
    `HTTP://x:y@z${callback}`,
  ],
  ...[
    `javascript:${callback}`,
    `//[${callback}`,
    `\\${callback}`,
    `http://*${callback}`,
    `http://a\\@b${callback}`,
    'elsewhere.example:443',
  ],
  ...[
    '/smart/callback?%',
    '/smart/callback?state=%zz&&&=',
    `/smart/callback?${'state=x&'.repeat(800)}`,
    '/smart/launch?iss[]=x',
    '/SMART/launch/',
  ],
  ...[
    '/smart/callback/%/%',
    '/smart/callback/x/../y',
    '/assets/%00',
    '/assets/..%2f..%2fapp.js',
    '/assets/%5c',
    `/assets/${'a'.repeat(9_000)}`,
  ],
  ...[
    '/assets/words.txt',
    '/brand/%',
    '/brand/__proto__',
    '/jitsi/%/events',
    '/jitsi/x/jwks.json',
    '/jitsi/x/asap/%2e%2e',
    '/v/%/api/me',
  ],
  ...[
    '/v/%ff/visits/%ff',
    '/v/x/api/visits/%2e%2e/note',
    '/healthz/../healthz',
    '/healthz?__proto__[x]=1',
    '/launch.html?iss=%',
    'x',
  ],
]
const heads = [
  ...[
    'Host: x',
    'Host: x\r\nConnection: close',
    'Host: ',
    '',
    'Host: x\r\nHost: y',
    'Host: x\r\nContent-Length: 5',
    'Host: x\r\nContent-Length: -1',
  ],
  ...[
    'Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3',
    'Host: x\r\nTransfer-Encoding: x',
    'Host: x\r\nContent-Length: 0, 0',
  ],
  ...[
    'Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade',
    'Host: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings',
  ],
  ...[
    'Host: x\r\nExpect: 100-continue\r\nContent-Length: 2',
    'Host: x\r\nExpect: the worst',
    'Host: x\r\n folded: y',
    'Host: x\r\nA\u0000: b',
  ],
  ...[
    'Host: x\r\nA: \u0000',
    ': x',
    'Host',
    `Host: ${'x'.repeat(20_000)}`,
    `Host: x\r\n${'A: b\r\n'.repeat(3_000)}B: c`,
    'Host: x\r\nRange: bytes=9999-',
  ],
  ...[
    'Host: x\r\nIf-Match: "none"',
    'Host: x\r\nIf-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT',
    'Host: x\r\nAccept: text/html',
  ],
]
/** Halves of requests, and what is none. */
const torsos = [
  '',
  '\r\n',
  '\u0000',
  'GET',
  'GET / HTTP/1.1',
  'GET / HTTP/1.1\r\nHost: x',
  '\u0016\u0003\u0001\u0002',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
]
