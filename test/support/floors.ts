// Owns the plan of the house: the floors of the server and of the client as folders, and what in the imports goes against it.
import { dirname } from 'node:path/posix'
import { filesIn, type Import } from './sources.ts'

/** Bottom first; what stands in one list shares a floor. A file may import from its own floor and from those below it. */
export const floors = {
  server: [
    // Within the domain a subject may know only those before it.
    [
      'server/domain/ids.ts',
      'server/domain/errors.ts',
      'server/domain/refusal-row.ts',
      'server/domain/given.ts',
      'server/domain/markup.ts',
      'server/domain/instant.ts',
      'server/domain/oauth-words.ts',
      'server/domain/retention.ts',
    ],
    ['server/domain/ehr'],
    ['server/domain/chart'],
    ['server/domain/sign-in'],
    ['server/domain/visit'],
    ['server/domain/note'],
    ['server/domain/webhook'],
    ['server/domain/notice'],
    ['server/wire', 'server/settings'],
    ['server/outside'],
    ['server/house'],
    ['server/filing'],
    ['server/steps'],
    ['server/http'],
    ['server/control-client.ts'],
    ['server/try-message.ts'],
    ['server/start.ts'],
    ['server/main.ts', 'server/sign-ins.ts', 'server/hooks.ts'],
  ],
  client: [
    ['client/base'],
    ['client/ui'],
    ['client/call', 'client/chart', 'client/day', 'client/door', 'client/frame', 'client/launch', 'client/note'],
    ['client/visit'],
    ['client/clinician.tsx', 'client/patient.tsx', 'client/main.tsx', 'client/words.ts', 'client/languages'],
  ],
} as const

export type Side = keyof typeof floors

/** The floors of one side, bottom first: names of folders and files. */
export type Plan = readonly (readonly string[])[]

export type Look = {
  readonly floors: number
  readonly folders: number
  readonly files: number
  readonly lines: number
  /** Names in the plan that no file stands under. */
  readonly empty: readonly string[]
  /** Files that stand on no floor. */
  readonly loose: readonly string[]
  /** Imports that point up. */
  readonly up: readonly string[]
  /** Files that import each other, by whatever way round, types too. */
  readonly circles: readonly (readonly string[])[]
  /** Pairs of folders that import each other. */
  readonly pairs: readonly string[]
}

type Arrow = Pick<Import, 'from' | 'to'>
type File = { readonly path: string; readonly text: string; readonly imports: readonly Arrow[] }

/** Looks at one side of the house as its files stand on the disc. */
export const look = (side: Side): Look => lookAt(floors[side], filesIn(side))

/** Looks at files by a plan. What they import from elsewhere is not looked at. */
export function lookAt(plan: Plan, files: readonly File[]): Look {
  const paths = files.map(({ path }) => path)
  const arrows = files.flatMap(({ imports }) => imports.filter(({ to }) => paths.includes(to)))
  const stands = (path: string) => (name: string) => path === name || path.startsWith(`${name}/`)
  const floorOf = (path: string) => plan.findIndex((floor) => floor.some(stands(path)))
  return {
    floors: plan.length,
    folders: new Set(paths.map(dirname)).size,
    files: files.length,
    lines: files.reduce((sum, { text }) => sum + text.trimEnd().split('\n').length, 0),
    empty: plan.flat().filter((name) => !paths.some((path) => stands(path)(name))),
    loose: paths.filter((path) => floorOf(path) < 0),
    up: arrows.filter(({ from, to }) => floorOf(to) > floorOf(from)).map(({ from, to }) => `${from} -> ${to}`),
    circles: circlesOf(arrows),
    pairs: pairsOf(arrows),
  }
}

/** Folders of which each imports the other; one of them may lie in the other. */
function pairsOf(arrows: readonly Arrow[]): readonly string[] {
  const ways = new Set(arrows.map(({ from, to }) => `${dirname(from)} ${dirname(to)}`))
  return [...ways]
    .map((way) => way.split(' '))
    .filter(([a = '', b = '']) => a < b && ways.has(`${b} ${a}`))
    .map(([a, b]) => `${a} <-> ${b}`)
}

/** What reaches itself, in groups that reach each other (Tarjan's strongly connected components of more than one file). */
export function circlesOf(arrows: readonly Arrow[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to])
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []
  const visit = (file: string) => {
    order.set(file, order.size)
    lowest.set(file, order.size - 1)
    open.push(file)
    for (const to of next.get(file) ?? []) {
      if (!order.has(to)) visit(to)
      if (open.includes(to)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(to) ?? 0))
    }
    if (lowest.get(file) !== order.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1 || next.get(file)?.includes(file)) found.push(circle.toSorted())
  }
  for (const file of next.keys()) if (!order.has(file)) visit(file)
  return found
}
