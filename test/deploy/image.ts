// Owns the walking of the image's recipe without a container engine: each stage is a folder, and holds what the recipe brings there and no more.
// Refuses an instruction it does not know, so that nothing in the recipe goes unwalked. Packages are linked, not installed anew.
import { execSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type Instruction, text } from './deploy.ts'

const Lock = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })

/** The packages that `npm ci --omit=dev` leaves, by folder. */
export function productionPackages(): readonly string[] {
  const { packages } = Lock.parse(JSON.parse(text('package-lock.json')))
  return Object.entries(packages).flatMap(([path, { dev }]) => (path === '' || dev === true ? [] : [path]))
}

/** The files of the repository's first floor that `*.html` and the like mean; any other path means itself. */
export const meant = (path: string): readonly string[] =>
  path.startsWith('*.') ? readdirSync('.').filter((name) => name.endsWith(path.slice(1))) : [path]

/** Walks the stages one after the other below `root`; answers where each lies. */
export function walked(stages: Readonly<Record<string, readonly Instruction[]>>, root: string) {
  const places: Record<string, string> = {}
  for (const [stage, instructions] of Object.entries(stages)) {
    const place = join(root, stage)
    places[stage] = place
    mkdirSync(place, { recursive: true })
    for (const instruction of instructions) walk(instruction, place, root)
  }
  return places
}

const told = ['FROM', 'WORKDIR', 'LABEL', 'ENV', 'USER', 'VOLUME', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD']

function walk({ verb, words }: Instruction, place: string, root: string): void {
  if (verb === 'COPY') copied(words, place, root)
  else if (verb === 'RUN') ran(words, place)
  else if (!told.includes(verb)) throw new Error(`Nobody knows how to walk ${verb}`)
}

/** Folders are named with their name as the target, files with the folder they go to: as the recipe writes it. */
function copied(words: string, place: string, root: string): void {
  const stage = /^--from=(\w+) /.exec(words)?.[1]
  const paths = words.replace(/^--from=\w+ /, '').split(' ')
  const to = paths.pop() ?? ''
  for (const path of paths.flatMap(meant)) {
    const from = stage === undefined ? path : join(root, stage, path.replace(/^\/app\//, ''))
    cpSync(from, to === './' ? join(place, path) : join(place, to), { recursive: true, verbatimSymlinks: true })
  }
}

function ran(words: string, place: string): void {
  if (words.startsWith('npm ci --omit=dev')) linked(productionPackages(), place)
  else if (words.startsWith('npm ci')) symlinkSync(join(process.cwd(), 'node_modules'), join(place, 'node_modules'))
  else if (words.startsWith('npm run ')) built(words, place)
  else if (words.startsWith('sh deploy/sbom.sh ')) execSync(words, { cwd: place })
  else if (!words.startsWith('mkdir ')) throw new Error(`Nobody knows how to run ${words}`)
}

function built(words: string, place: string): void {
  const { status, stdout } = spawnSync('npm', words.split(' ').slice(1), { cwd: place, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${words}: ${stdout}`)
}

function linked(packages: readonly string[], place: string): void {
  // Those within another package come along with it.
  for (const path of packages.filter((name) => !/node_modules\/.*\/node_modules\//.test(name))) {
    const installed = join(process.cwd(), path)
    if (!existsSync(installed)) continue // for another machine's processor
    mkdirSync(dirname(join(place, path)), { recursive: true })
    symlinkSync(installed, join(place, path))
  }
}
