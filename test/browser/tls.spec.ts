// Owns the proof that the whole stage works over TLS, which WebKit needs: the app, the hospital and Jitsi, by a certificate of this machine.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { openStage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { test as base, desk, phone } from './people.ts'
import { sees } from './picture.ts'
import { inCall } from './walk.ts'

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern which fixtures are asked for.
  stage: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'housecall-tls-'))
    const ports = { app: 0, ehr: 0, jitsi: 0 }
    const stage = await openStage({ ports, data: join(folder, 'data'), tls: true })
    await use(stage)
    await stage.close()
    await rm(folder, { recursive: true })
  },
  clinician: async ({ everyone: { clinics } }, use) => {
    const context = await clinics.newContext({ ...desk, ignoreHTTPSErrors: true })
    await use(context)
    await context.close()
  },
  patient: async ({ everyone: { homes } }, use) => {
    const context = await homes.newContext({ ...phone, ignoreHTTPSErrors: true })
    await use(context)
    await context.close()
  },
})

test('two people meet over TLS, signed in by cookies that a browser takes over TLS alone', async ({
  stage,
  clinician,
  patient,
}) => {
  const origins = [stage.app, stage.ehr.origin, stage.jitsi.origin]
  expect(origins.filter((origin) => !origin.startsWith('https://'))).toEqual([])

  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Sol Lunde'))

  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  const cookies = await patient.cookies()
  expect(cookies.map(({ name }) => name)).toContain('__Secure-housecall')
  // One of a sign-in that was begun and not gone on with may be there too.
  expect(cookies.filter(({ name, secure }) => !secure || !name.startsWith('__Secure-housecall'))).toEqual([])
})
