// Owns a sign-in without the app around it: one client, registered by its id and secret, at a sandbox EHR with ways of its own.
import { onTestFinished, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { SmartWays } from '../../sandbox/ehr/personality.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { openSmart } from '../../server/outside/smart/smart.ts'
import type { Issuer } from '../../server/settings/config.ts'
import { lookedInto } from './going-out.ts'
import { atEhr } from './walk.ts'

type Told = { readonly clientId: string; readonly secret: string; readonly smart?: SmartWays }

const redirectUri = 'http://localhost/smart/callback'

/** `sent` is each Authorization header that goes to the token endpoint, read, with what it brought there. */
export async function smartAlone({ clientId, secret, smart: ways = {} }: Told) {
  const auth = { kind: 'secret', secret, by: 'basic' } as const
  const ehr = await startEhr({
    clients: [{ clientId, redirectUris: [redirectUri], auth }],
    launchUrls: [{ url: 'http://localhost/launch.html', title: 'Housecall' }],
    personality: { ...generic, smart: ways },
  })
  onTestFinished(() => ehr.close())
  const iss = ehr.iss as Iss // sound: the sandbox's own
  const issuer: Issuer = { name: 'own', iss, title: 'Own', clientId, client: 'client_secret_basic', secret, can: {} }
  const now = () => instant(Date.now())
  const smart = openSmart({ redirectUri: () => redirectUri, listed: [issuer], clientKeys: [], now })
  const sent: { basic: string; brought: string }[] = []
  const really = fetch
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, given) => {
    const { form, init } = await lookedInto(given)
    const [, encoded = ''] = (new Headers(init.headers).get('authorization') ?? '').split(' ')
    const brought = form.get('code') ?? form.get('refresh_token') ?? ''
    if (form.has('grant_type')) sent.push({ basic: Buffer.from(encoded, 'base64').toString('utf8'), brought })
    return really(to, init)
  })
  onTestFinished(() => spy.mockRestore())
  return {
    ...{ ehr, issuer, smart, sent },
    async signIn() {
      const url = new URL(await ehr.launchUrl({ user: clinic.practitioners.chen.reference }))
      const departure = await smart.begin(issuer, { launch: url.searchParams.get('launch') ?? '' })
      const { way } = departure
      if (way.by !== 'post') throw new Error('the sandbox takes a POST')
      const location = new URL(`${way.action}?${new URLSearchParams(way.fields)}`)
      return smart.finish(issuer, new URLSearchParams((await atEhr(location)).split('?')[1]), departure)
    },
  }
}
