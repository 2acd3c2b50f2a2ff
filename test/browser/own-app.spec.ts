// Owns the proof that an integrator's own app, with the smallest configuration in README, is tried against the sandbox's EHR and Jitsi as README says.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { freePort } from '../../bench/site.ts'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { commandRuns } from '../support/command.ts'
import { blocks } from '../support/fenced.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { inNewWindow, knock } from './walk.ts'

const { patients, practitioners } = clinic
const { zoe } = patients

test('an app of one’s own, with the settings in README, is registered at the demo’s EHR and Jitsi, and two people meet by it', async ({
  clinician,
  patient,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'housecall-own-app-'))
  const began: ChildProcess[] = []
  const start = (args: readonly string[], env = {}) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    began.push(child)
    return child
  }
  try {
    const [app, ehr, jitsi] = [await freePort(), await freePort(), await freePort()].map(String)
    const settings = await settingsIn(folder, { '4000': app ?? '', '4010': ehr ?? '', '4020': jitsi ?? '' })
    const ports = ['--ehr-port', ehr ?? '', '--jitsi-port', jitsi ?? '']
    const demo = start(['--import', 'tsx', 'sandbox/demo.ts', '--app', settings, ...ports])
    const said = await until(demo, 'Ctrl+C')
    const [, command = ''] = /^ {2}node (--env-file=.*)$/m.exec(said) ?? []
    await until(start(command.split(' '), { HOUSECALL_PORT: app }), '"ready"')

    const [desktopUrl = '', portalUrl = ''] = [...said.matchAll(/http:\/\/\S+\/(?:desktop|portal)/g)].map(String)
    const desktop = await clinician.newPage()
    await desktop.goto(`${desktopUrl}?user=${practitioners.chen.reference}`)
    const doctor = await inNewWindow(clinician, desktop, `Open video visit with ${zoe.name}`)
    const portal = await patient.newPage()
    await portal.goto(`${portalUrl}?user=${zoe.reference}`)
    const guest = await inNewWindow(patient, portal, /^Join video visit/)
    await knock(guest)
    await doctor.getByRole('button', { name: `Let in ${zoe.name}` }).click()

    await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
    expect([doctor.url(), guest.url()].map((url) => new URL(url).origin)).toEqual(
      [app, app].map((port) => `http://localhost:${port}`),
    )
  } finally {
    await Promise.all(began.filter(({ exitCode }) => exitCode === null).map(ended))
    await rm(folder, { recursive: true })
  }
})

/** Made by the commands in README, with what it says to change for a trial on one machine, at ports that are free. Answers where the environment lies. */
async function settingsIn(folder: string, ports: Readonly<Record<string, string>>): Promise<string> {
  const readme = await readFile('README.md', 'utf8')
  const there = (address = '') => address.replace(/\d+(?=\/|$)/, (port) => ports[port] ?? port)
  const trial = (name: string) => there(new RegExp(`\`"?${name}"?[:=] ?"?(http://[^"\`]+)"?\``).exec(readme)?.[1])
  const organisations = (blocks(readme, 'json')[0] ?? '')
    .replace(/(?<="iss": ")[^"]+/, trial('iss'))
    .replace(/(?<="origin": ")[^"]+/, trial('origin'))
  const lines = (blocks(readme, 'ini')[0] ?? '')
    .replace(/(?<=HOUSECALL_URL=).*/, trial('HOUSECALL_URL'))
    .replaceAll('=data/', `=${folder}/`)
  const secrets = await commandRuns('scripts/keys.ts', [folder, '--organisation', 'riverside'])
  const path = join(folder, 'housecall.env')
  await writeFile(join(folder, 'organisations.json'), organisations)
  await writeFile(path, secrets.out)
  await appendFile(path, lines)
  return path
}

/** All that it said, once it has said this. */
const until = (child: ChildProcess, words: string) =>
  new Promise<string>((done, fail) => {
    let said = ''
    child.once('close', () => fail(new Error(`It ended, and said: ${said}`)))
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
      if (said.includes(words)) done(said)
    })
  })

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
