// Owns the reading of what our modules export: each name, and the module in which it is made.
import { filesIn } from './sources.ts'

export type Exported = { readonly name: string; readonly path: string }

/** What files export under a name that they make themselves; what one hands on from another is that other's. */
export function exportsOf(files: readonly { readonly path: string; readonly text: string }[]): readonly Exported[] {
  return files.flatMap(({ path, text }) => {
    const made = text.matchAll(
      /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|type|interface|enum) (\w+)/gm,
    )
    // A schema and the type that is read by it are one thing under one name.
    return [...new Set([...made].map((found) => found[1] ?? ''))].map((name) => ({ name, path }))
  })
}

/** Names that several modules make, each with the modules. */
export function namesOfSeveral(exported: readonly Exported[]): ReadonlyMap<string, readonly string[]> {
  const by = new Map<string, string[]>()
  for (const { name, path } of exported) by.set(name, [...(by.get(name) ?? []), path])
  return new Map([...by].filter(([, paths]) => paths.length > 1))
}

export const everyExport = (): readonly Exported[] =>
  exportsOf(
    ['server', 'client', 'doctor', 'sandbox']
      .flatMap(filesIn)
      // The same sentences under the same names, in another language.
      .filter(({ path }) => !path.startsWith('client/languages/')),
  )
