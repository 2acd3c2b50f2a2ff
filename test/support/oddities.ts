// Owns what a hostile or broken system may answer in place of what it should: one oddity each, made of the honest answer where it has one.
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

export type Honest = {
  readonly status: number
  readonly type: string
  readonly headers: Headers
  readonly text: string
}

/** `elsewhere` is a host that must hear nothing; `giveUp` lets whoever waits run out of time. */
export type Scene = { readonly honest: Honest; readonly elsewhere: string; readonly giveUp: () => void }

export type Oddity = {
  readonly name: string
  readonly answer: (response: ServerResponse, scene: Scene) => void
}

/** The honest answer with another status, or with headers of its own. */
const withStatus = (
  status: number,
  more: (scene: Scene) => Record<string, string> = () => ({}),
  empty = false,
): Oddity => ({
  name: `${status}${empty ? ', nothing in it' : ''}${more({ elsewhere: '' } as Scene).location === undefined ? '' : ', a Location elsewhere'}`, // sound: it makes headers of that alone
  answer: (response, scene) =>
    void response
      .writeHead(status, { 'content-type': scene.honest.type, ...more(scene) })
      .end(empty ? '' : scene.honest.text),
})
const away = ({ elsewhere }: Scene) => ({ location: `${elsewhere}/fhir/Patient/p` })

/** The honest status and type, over another text. */
const saying = (name: string, text: (honest: string, scene: Scene) => string | Uint8Array): Oddity => ({
  name,
  answer: (response, scene) =>
    void response
      .writeHead(scene.honest.status, { 'content-type': scene.honest.type })
      .end(text(scene.honest.text, scene)),
})

/** The honest JSON with every value that fits changed; what is no JSON stays. */
const changing = (name: string, change: (key: string, value: unknown, scene: Scene) => unknown): Oddity =>
  saying(name, (text, scene) => {
    try {
      return JSON.stringify(JSON.parse(text, (key, value: unknown) => change(key, value, scene)))
    } catch {
      return text
    }
  })

const within = (text: string, first: string) => (text.startsWith('{') ? `{${first},${text.slice(1)}` : text)

const typed = (type: string | undefined): Oddity => ({
  name: type === undefined ? 'no Content-Type' : `Content-Type ${type}`,
  answer: (response, { honest }) =>
    void response.writeHead(honest.status, type === undefined ? {} : { 'content-type': type }).end(honest.text),
})

const bomb = gzipSync(Buffer.alloc(30_000_000, 0x20))
const manyValues = `[${'{},'.repeat(600_000)}{}]`

const endings: readonly Oddity[] = [
  { name: 'the line cut before anything', answer: (response) => void response.socket?.destroy() },
  {
    name: 'the line cut in the middle',
    answer(response, { honest }) {
      response.writeHead(honest.status, { 'content-type': honest.type, 'content-length': '100000' })
      response.write(honest.text.slice(0, honest.text.length / 2), () => response.socket?.destroy())
    },
  },
  {
    name: 'silence',
    answer: (_response, { giveUp }) => giveUp(),
  },
  {
    name: 'drop by drop, without end',
    answer(response, { honest, giveUp }) {
      response.writeHead(honest.status, { 'content-type': honest.type })
      for (const drop of [' ', ' ', ' ']) response.write(drop)
      giveUp()
    },
  },
  {
    name: 'without end',
    answer(response, { honest }) {
      response.writeHead(honest.status, { 'content-type': honest.type })
      const more = () => {
        while (response.writable && response.write(' '.repeat(64_000)));
        if (response.writable) response.once('drain', more)
      }
      more()
    },
  },
  {
    name: 'a gzip bomb',
    answer: (response, { honest }) =>
      void response.writeHead(honest.status, { 'content-type': honest.type, 'content-encoding': 'gzip' }).end(bomb),
  },
  {
    name: 'called gzip, and none',
    answer: (response, { honest }) =>
      void response
        .writeHead(honest.status, { 'content-type': honest.type, 'content-encoding': 'gzip' })
        .end(honest.text),
  },
  {
    name: 'odd headers',
    answer: (response, { honest }) =>
      void response
        .writeHead(honest.status, {
          'content-type': honest.type,
          etag: `W/"${'"'.repeat(3000)}`,
          location: 'javascript:alert(1)',
          'retry-after': '-1e99',
          'www-authenticate': `${', Bearer x="'.repeat(200)}`,
          date: 'yesterday',
          'x-long': 'x'.repeat(6000),
        })
        .end(honest.text),
  },
]

/** Every oddity there is; those of a token endpoint, a key set and a FHIR server are all of these. */
export const oddities: readonly Oddity[] = [
  ...[201, 202, 203, 204, 206, 300, 302, 307, 308].map((status) => withStatus(status, away, true)),
  ...[201, 301, 303].map((status) => withStatus(status, away)),
  ...[304, 400, 401, 403, 404, 410, 412, 418, 421, 422, 500, 503, 599, 999].map((status) => withStatus(status)),
  withStatus(429, () => ({ 'retry-after': '999999999999' })),
  typed('text/html'),
  typed('application/xml'),
  typed(undefined),
  saying('nothing', () => ''),
  saying('half of it', (text) => text.slice(0, text.length / 2)),
  ...['null', '[]', '7', '""', '1e999', '{}', '<html></html>', '{"resourceType":"OperationOutcome","issue":[]}'].map(
    (text) => saying(text, () => text),
  ),
  saying('more than can be read', () => `"${'x'.repeat(6_000_000)}"`),
  saying('millions of things', () => manyValues),
  saying('a deep hole in it', (text) => within(text, `"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}`)),
  saying('a deep hole alone', () => '['.repeat(2_000_000)),
  saying('the keys of prototypes', (text) =>
    within(text, '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'),
  ),
  saying('each key twice', (text) => within(text, text.slice(1, text.lastIndexOf('}')) || '"a":1')),
  saying('another type first', (text) => within(text, '"resourceType":"Binary","id":"other"')),
  saying('no UTF-8', (text) =>
    Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.of(0xe9, 0xff), Buffer.from(text.slice(20))]),
  ),
  changing('another type', (key, value) => (key === 'resourceType' ? 'Basic' : value)),
  changing('other ids', (key, value) => (key === 'id' ? 'somebody-else' : value)),
  changing('ids that are paths', (key, value) => (key === 'id' ? '../../oauth/token' : value)),
  changing('ids of dots', (key, value) => (key === 'id' ? '..' : value)),
  changing('numbers for texts', (_key, value) => (typeof value === 'string' ? 7 : value)),
  changing('nothing for texts', (_key, value) => (typeof value === 'string' ? null : value)),
  changing('objects for lists', (_key, value) => (Array.isArray(value) ? { ...value } : value)),
  changing('nulls in lists', (_key, value) => (Array.isArray(value) ? [null, ...value] : value)),
  changing('very long texts', (_key, value) => (typeof value === 'string' ? value.padEnd(20_000, ' ') : value)),
  changing('texts of control signs', (_key, value) => (typeof value === 'string' ? `\u0000\u202e\n${value}` : value)),
  changing('addresses elsewhere', (_key, value, { elsewhere }) =>
    typeof value === 'string' && /^http/.test(value) ? `${elsewhere}/fhir/${value.split('/').at(-1)}` : value,
  ),
  changing('references elsewhere', (key, value, { elsewhere }) =>
    key === 'reference' ? `${elsewhere}/fhir/${String(value)}` : value,
  ),
  changing('a next page elsewhere', (key, value, { elsewhere }) =>
    key === '' && typeof value === 'object'
      ? { ...value, link: [{ relation: 'next', url: `${elsewhere}/fhir/Appointment?page=2` }] }
      : value,
  ),
  ...endings,
]

/** What an oddity would say in place of this text; undefined for one that does more than speak. */
export function textBy({ answer }: Oddity, honest: Honest): string | Uint8Array | undefined {
  let text: string | Uint8Array | undefined
  const response = {
    writeHead: () => response,
    end(said: string | Uint8Array) {
      text = said
    },
  } as unknown as ServerResponse // sound: what speaks alone asks no more of it
  try {
    answer(response, { honest, elsewhere: 'http://elsewhere.example', giveUp: () => undefined })
  } catch {
    return undefined
  }
  return text
}
