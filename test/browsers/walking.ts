// Owns a stage for one test of another browser, and where the pictures of its windows go: for people to look at.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { openStage, type Stage } from '../../sandbox/stage.ts'

export const test = base.extend<{ tls: boolean; stage: Stage }>({
  tls: [false, { option: true }],
  stage: async ({ tls }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'housecall-browsers-'))
    const stage = await openStage({ ports: { app: 0, ehr: 0, jitsi: 0 }, data: join(folder, 'data'), tls })
    await use(stage)
    await stage.close()
    await rm(folder, { recursive: true })
  },
})

/** With PICTURES set they are in test-results/screens. */
export async function pictured(name: string, take: () => Promise<Buffer>): Promise<void> {
  if (!process.env.PICTURES) return
  await mkdir('test-results/screens', { recursive: true })
  await writeFile(`test-results/screens/${name}.png`, await take())
}
