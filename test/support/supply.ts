// Owns what is said of the packages that come with the app: the lock's production tree beside the list of what may be in it.
// Refuses a package that is not on the list, one on it that is gone, and what is not fetched from the registry by its hash.
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Package = z.looseObject({
  /** Where another package is installed under that path than the path says. */
  name: z.string().optional(),
  dev: z.boolean().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Package) })
const Manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})
/** `direct`: what we ask for, each with a sentence why; `brought`: what those bring along. */
const Listed = z.strictObject({ direct: z.record(z.string(), z.string()), brought: z.array(z.string()) })

export const productionList = 'deploy/production-packages.json'

export type Supply = { readonly manifest: unknown; readonly lock: unknown; readonly listed: unknown }

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
export const supplyOf = (): Supply => ({
  manifest: json('package.json'),
  lock: json('package-lock.json'),
  listed: json(productionList),
})

const packagesOf = ({ lock }: Supply) => Object.entries(Lock.parse(lock).packages).filter(([path]) => path !== '')

/** What comes with the app, by the name of what is installed, whatever name it is installed under. */
export const productionNames = (supply: Supply): ReadonlySet<string> =>
  new Set(packagesOf(supply).flatMap(([path, { dev, name }]) => (dev === true ? [] : [name ?? nameOf(path)])))

/** What is wrong with it, a sentence each. */
export function supplyProblems(supply: Supply): readonly string[] {
  const manifest = Manifest.parse(supply.manifest)
  const listed = Listed.parse(supply.listed)
  const packages = packagesOf(supply)
  const production = packages.filter(([, { dev }]) => dev !== true)
  const there = productionNames(supply)
  const asked = Object.keys(manifest.dependencies)
  const allowed = [...Object.keys(listed.direct), ...listed.brought]
  return [
    ...[...there]
      .filter((name) => !allowed.includes(name))
      .map((name) => `${name} would come with the app, and is not on the list`),
    ...allowed
      .filter((name) => !there.has(name))
      .map((name) => `${name} is on the list, and does not come with the app`),
    ...asked
      .filter((name) => !(name in listed.direct))
      .map((name) => `${name} is asked for, and the list does not say why`),
    ...Object.entries(listed.direct)
      .filter(([name, why]) => !asked.includes(name) || !/^[A-Z].{10,}\.$/.test(why))
      .map(([name]) => `${name} is not asked for, or its sentence is none`),
    ...production
      .filter(([, one]) => one.hasInstallScript === true)
      .map(([path]) => `${nameOf(path)} runs a script when it is installed`),
    ...packages
      .filter(([, one]) => !fetchedByHash(one))
      .map(([path]) => `${nameOf(path)} is not fetched from the registry by its hash`),
    ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name} is asked for as ${version}, which is not one version`),
  ]
}

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '')

/** Without `resolved` it comes from whichever registry is set up (.npmrc keeps it so); its hash says what must come. */
const fetchedByHash = ({ resolved, integrity = '' }: z.infer<typeof Package>): boolean =>
  resolved === undefined && integrity.startsWith('sha512-')
