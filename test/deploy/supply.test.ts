// What comes with the app is what the server needs: a list that is held, nothing that runs at its installation, and a bill of materials.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { productionNames, supplyOf, supplyProblems } from '../support/supply.ts'
import { stagesOf, text } from './deploy.ts'
import { walked } from './image.ts'

const root = mkdtempSync(join(tmpdir(), 'housecall-supply-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const hash = { integrity: 'sha512-x' }
const small = {
  manifest: { dependencies: { express: '5.3.0' }, devDependencies: { vite: '8.3.8' } },
  lock: {
    packages: {
      '': {},
      'node_modules/express': hash,
      'node_modules/qs': hash,
      'node_modules/vite': { ...hash, dev: true },
    },
  },
  listed: { direct: { express: 'Routes, and reading bodies.' }, brought: ['qs'] },
}

describe('the packages that come with the app', () => {
  test('are those of the list, and none of what pages, build and tests are made of', () => {
    expect(supplyProblems(supplyOf())).toEqual([])

    const names = [...productionNames(supplyOf())]
    expect(names.length).toBeGreaterThan(50)
    const strangers = ['react', 'react-dom', 'core-js', 'node-fetch', 'preact', '@jitsi/web-sdk', 'tsx', 'vite']
    expect(names.filter((name) => strangers.includes(name))).toEqual([])
  })

  test('are looked at by npm run check', () => {
    expect(text('package.json')).toMatch(/"check": ".*&& node --import tsx scripts\/supply\.ts/)
  })

  const packages = (more: object) => ({ ...small, lock: { packages: { ...small.lock.packages, ...more } } })
  test.each([
    [
      'one that nobody listed',
      packages({ 'node_modules/react': hash }),
      'react would come with the app, and is not on the list',
    ],
    [
      'one below another',
      packages({ 'node_modules/qs/node_modules/left-pad': hash }),
      'left-pad would come with the app, and is not on the list',
    ],
    [
      'one that is gone',
      { ...small, listed: { ...small.listed, brought: ['qs', 'depd'] } },
      'depd is on the list, and does not come with the app',
    ],
    [
      'one without a reason',
      { ...small, listed: { direct: { express: 'why' }, brought: ['qs'] } },
      'express is not asked for, or its sentence is none',
    ],
    [
      'one that runs a script',
      packages({ 'node_modules/qs': { ...hash, hasInstallScript: true } }),
      'qs runs a script when it is installed',
    ],
    [
      'one from elsewhere',
      packages({ 'node_modules/vite': { ...hash, resolved: 'git+ssh://git@example.org/x', dev: true } }),
      'vite is not fetched from the registry by its hash',
    ],
    [
      'one that comes from one address alone',
      packages({ 'node_modules/vite': { ...hash, resolved: 'https://packages.example.org/vite.tgz', dev: true } }),
      'vite is not fetched from the registry by its hash',
    ],
    [
      'one of no version in particular',
      { ...small, manifest: { ...small.manifest, dependencies: { express: '^5.3.0' } } },
      'express is asked for as ^5.3.0, which is not one version',
    ],
  ])('%s is named', (_name, supply, sentence) => {
    expect(supplyProblems(small)).toEqual([])
    expect(supplyProblems(supply)).toEqual([sentence])
  })
})

describe('the image', () => {
  const stages = stagesOf('deploy/Dockerfile')

  test('installs nothing that runs a script of its own', () => {
    const installs = Object.values(stages)
      .flat()
      .filter(({ verb, words }) => verb === 'RUN' && /\bnpm (ci|install|i)\b/.test(words))

    expect(installs.length).toBe(2)
    expect(installs.filter(({ words }) => !words.includes('--ignore-scripts'))).toEqual([])
  })

  test('has a bill of materials in CycloneDX, with each package that is in it', { timeout: 120_000 }, () => {
    const { app = '' } = walked(
      { packages: stages.packages ?? [], app: (stages.app ?? []).filter(({ words }) => !/--from=build/.test(words)) },
      root,
    )
    const bill = z
      .object({
        bomFormat: z.literal('CycloneDX'),
        specVersion: z.string(),
        components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
      })
      .parse(JSON.parse(text(join(app, 'sbom.cdx.json'))))

    // By what is installed, whatever name it is installed under.
    const named = ({ purl }: { purl: string }) =>
      decodeURIComponent(purl.slice('pkg:npm/'.length).replace(/@[^@]*$/, ''))
    expect(new Set(bill.components.map(named))).toEqual(productionNames(supplyOf()))
    expect(bill.components.every(({ purl }) => purl.startsWith('pkg:npm/'))).toBe(true)
  })
})

test('docs/deploy.md tells how to take the bill out of the image, and SECURITY.md how to make it without one', () => {
  expect(text('docs/deploy.md')).toContain('docker compose run --rm --no-deps app cat sbom.cdx.json')
  const [, command = 'false'] = /^(deploy\/sbom\.sh) > sbom\.cdx\.json$/m.exec(text('SECURITY.md')) ?? []

  const made = execFileSync(command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

  expect(JSON.parse(made)).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'housecall', type: 'application' } },
  })
})
