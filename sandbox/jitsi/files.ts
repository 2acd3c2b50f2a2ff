// Owns the room page and the files it names, each by an address with their version in it: such a one is kept for a year, another is asked for again.
// Refuses a version of one file beside another's: all have one, and it changes with any of them.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { RequestHandler } from 'express'

const folder = join(import.meta.dirname, 'public')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

const names = readdirSync(join(folder, 'libs')).sort()
const sources = new Map(names.map((name) => [name, read(`libs/${name}`)] as const))
const version = createHash('sha256')
  .update([...sources.values()].join('\n'))
  .digest('hex')
  .slice(0, 8)

/** A module's own imports name the version too. */
const files = new Map(
  [...sources].map(([name, text]) => [name, text.replace(/( from '\.\/[\w-]+\.js)'/g, `$1?v=${version}'`)]),
)

/** All that it names is fetched at once, as the two files that hold the real one's. */
const ahead = names
  .filter((name) => extname(name) === '.js' && name !== 'room.js')
  .map((name) => `<link rel="modulepreload" href="/libs/${name}?v=${version}" />`)
  .join('\n    ')

const heavy = 'app.bundle.min.js'

/** `heavyBytes`: so many bytes of script more, as the real page has; none unless told. */
export function openFiles(heavyBytes = 0) {
  const weight = heavyBytes > 0 ? `<script src="/libs/${heavy}?v=${version}"></script>\n    ` : ''
  const room = read('room.html')
    .replace(/"(\/libs\/[\w.-]+)"/g, `"$1?v=${version}"`)
    .replace('<script', () => `${ahead}\n    ${weight}<script`)
  const bundle = heavyBytes > 0 ? functions(heavyBytes) : undefined
  const send: RequestHandler<{ name: string }> = ({ params: { name }, query }, response, next) => {
    const text = name === heavy ? bundle : files.get(name)
    if (text === undefined) return next()
    response.removeHeader('Cache-Control')
    if ('v' in query) response.set('Cache-Control', 'max-age=31536000')
    response.type(extname(name)).send(text)
  }
  return { room, send }
}

/** What a browser must read and keep, and nobody calls. */
function functions(bytes: number): string {
  const lines: string[] = []
  for (let length = 0; length < bytes; length += lines.at(-1)?.length ?? bytes) {
    const n = lines.length
    lines.push(
      `var f${n}=function(a,b){var c=a*${n}+b;if(c>b){return{sum:c,said:"so many ${n}"}}return[a,b,c,f${n}]};\n`,
    )
  }
  return lines.join('')
}
