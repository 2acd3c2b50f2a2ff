// The settings of an app as `npm run keys` and a list of organisations make them, for tests that start it as a command.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandRuns } from '../support/command.ts'

const organisation = {
  ...{ id: 'harbor', name: 'Harbor', phone: '555-0100', timeZone: 'America/New_York' },
  issuers: [
    { name: 'ehr', iss: 'https://ehr.example/fhir', title: 'Record', clientId: 'housecall', client: 'private_key_jwt' },
  ],
  jitsi: { origin: 'https://meet.example', issuer: 'housecall' },
}

/** In a new folder below `folder`; `but` is said otherwise, and `more` of its clinic. */
export async function settings(
  folder: string,
  but: Readonly<Record<string, string>>,
  more: object = {},
): Promise<Record<string, string>> {
  const place = await mkdtemp(join(folder, 'app-'))
  const config = join(place, 'organisations.json')
  await writeFile(config, JSON.stringify({ organisations: [{ ...organisation, ...more }] }))
  const { out } = await commandRuns('scripts/keys.ts', [join(place, 'keys'), '--organisation', organisation.id])
  return {
    ...Object.fromEntries(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s)),
    ),
    ...{ HOUSECALL_CONFIG: config, HOUSECALL_URL: 'https://visits.example', HOUSECALL_HOST: '127.0.0.1' },
    ...{ HOUSECALL_DATA: join(place, 'data'), HOUSECALL_PORT: '0', ...but },
  }
}
