// Owns what two people see of a clinic with two Jitsis, and whose rooms show short names: they always find each other in one place.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Jitsi } from '../../sandbox/jitsi/main.ts'
import { openStage, type Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { test } from './people.ts'
import { inCall } from './walk.ts'

let folder = ''
let stage: Stage
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housecall-fallback-'))
  const ports = { app: 0, ehr: 0, jitsi: 0 }
  const policies = { names: 'first-and-initial' }
  stage = await openStage({ ports, data: join(folder, 'data'), secondJitsi: true, policies })
})
test.afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

/** Who is in the rooms of one Jitsi. */
const inside = (jitsi: Jitsi | undefined) =>
  jitsi?.rooms().flatMap((room) => room.inside.map(({ name }) => name).sort())

test('a patient whose Jitsi is gone comes back to another, the clinician’s page follows, and the room opens to short names', async ({
  clinician,
  patient,
}) => {
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Vera Lund'))
  await expect.poll(() => inside(stage.jitsi)).toEqual(['Lillian C.', 'Vera L.'])

  // Its script still comes, from us: the page notices by the room that does not load.
  stage.jitsi.faults.on('away')
  await guest.reload()

  await expect.poll(() => inside(stage.second), { timeout: 120_000 }).toEqual(['Lillian C.', 'Vera L.'])
  expect(inside(stage.jitsi)?.filter((name) => name === 'Vera L.')).toEqual([])
  for (const page of [doctor, guest])
    await expect(page.locator('iframe[name^="jitsiConferenceFrame"]')).toHaveAttribute(
      'src',
      new RegExp(`^${stage.second?.origin}/`),
    )
})
