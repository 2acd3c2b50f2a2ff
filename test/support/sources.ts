// Owns the reading of our own sources as text: what each file imports, and how long its functions are.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export type Import = { readonly from: string; readonly to: string; readonly typesOnly: boolean }
export type Source = { readonly path: string; readonly text: string; readonly imports: readonly Import[] }

/** The TypeScript and JavaScript files below a folder of the repository. */
export function filesIn(folder: string): readonly Source[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => /\.(ts|tsx|js)$/.test(name))
    .map((name) => {
      const path = join(folder, name)
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: importsIn(path, text) }
    })
}

function importsIn(path: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /^(?:import|export)\s+((?:type\b)?[^'";]*?)\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...found].map(([, what = '', named, bare, dynamic]) => {
    const to = named ?? bare ?? dynamic ?? ''
    const names =
      /\{([^}]*)\}/
        .exec(what)?.[1]
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? []
    const typesOnly = what.startsWith('type') || (names.length > 0 && names.every((name) => name.startsWith('type ')))
    return { from: path, to: to.startsWith('.') ? join(dirname(path), to) : to, typesOnly }
  })
}

/** Whether an import leads out of the repository. */
export function isPackage(to: string): boolean {
  return !/^(server|client|doctor|sandbox|fhir-fixtures|test|bench|scripts)\//.test(to)
}

export const packageOf = (to: string): string =>
  to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? '')

/** Functions at the top of a file that are longer than forty lines; an arrow that has a name is one. */
export function longFunctions(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n')
  return lines.flatMap((line, from) => {
    const name = /^(?:export )?(?:(?:async )?function\*?|const) (\w+)/.exec(line)?.[1]
    if (name === undefined) return []
    // As the formatter leaves them, what belongs to a statement is indented or closes something.
    const next = lines.findIndex((one, at) => at > from && /^[^\s)}\]]/.test(one))
    const whole = lines
      .slice(from, next < 0 ? undefined : next)
      .join('\n')
      .trimEnd()
    return isFunction.test(whole) && whole.split('\n').length > 40 ? [name] : []
  })
}

const isFunction =
  /^(?:export )?(?:(?:async )?function\b|const \w+(?:: [^=]*(?:=>[^=]*)*)? = (?:async )?(?:<[^=]*>)?(?:\w+ =>|\([\s\S]*?\)(?:: [^=]*?)? =>))/
