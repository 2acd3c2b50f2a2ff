// Which script of a Jitsi runs in our pages: the one the settings approve, one that nobody looked at, or none at all. The app is asked for
// the approved copy as a page would ask. Says the hash of what this Jitsi shows now, which is what the settings want.
import { hashesOf, longestScript, pathOfScript, type ScriptHash } from '../server/domain/visit/room-script.ts'
import type { Config, Organisation } from '../server/settings/config.ts'
import type { JitsiServer } from '../server/settings/organisations.ts'
import { about, type Finding, ofUs } from './finding.ts'
import { type Answer, type Came, request, step, type World } from './request.ts'

/** As the script itself, and no page in its place. */
export const showsScript = ({ status, text, headers }: Came): boolean =>
  status === 200 && text.includes('JitsiMeetExternalAPI') && (headers.get('content-type') ?? '').includes('javascript')

type Approving = { readonly config: Config; readonly organisation: Organisation; readonly server: JitsiServer }

/** `shown` is what this Jitsi answered; nothing is said where that was no script. */
export async function approval(
  world: World,
  { config, organisation, server }: Approving,
  shown: Answer,
): Promise<readonly Finding[]> {
  const { script, origin } = server
  if (!shown.came || !showsScript(shown)) return []
  const { strong, all } = hashesOf(shown.bytes)
  const { ok, warning, failed } = about('jitsi-script', `the hash of ${origin}/external_api.js`)
  const setting = origin === organisation.jitsi.origin ? '"jitsi.script"' : `"script" of ${origin} in "jitsi.fallback"`
  const details = [...all]
  if (script === undefined)
    return [
      warning('Whatever it serves as its script runs in our pages: none is approved.', {
        ...{ details, ask: ofUs(`Set ${setting} to what it shows now, if that may run in our pages: ${strong}`) },
      }),
    ]
  if (script.some((hash) => all.includes(hash))) return [ok('Its script is the approved one.')]
  const ask = ofUs(
    `Look at what changed in its script, then put the new hash before the others in ${setting}: ${strong}`,
  )
  const kept = await keptBy(world, config.url, script)
  if (kept === 'kept')
    return [warning('Its script is a new one: our pages go on with the approved one.', { details, ask })]
  if (kept === 'none')
    return [failed('No call would start: its script is not approved, and no approved one is kept.', { details, ask })]
  return [warning('Its script is not approved; whether the app keeps an approved one is not known.', { details, ask })]
}

/** Whether our pages get one of these scripts from the app, and it is that script. */
async function keptBy(world: World, url: string, script: readonly ScriptHash[]): Promise<'kept' | 'none' | 'unknown'> {
  const copies = await Promise.all(
    script.map(async (hash) => {
      const address = url + pathOfScript(hash)
      const answer = await step(world, address, () =>
        request(world, address, { accept: 'text/javascript', mostBytes: longestScript }),
      )
      if (!answer.came) return 'unknown' as const
      return answer.status === 200 && hashesOf(answer.bytes).all.includes(hash) ? ('kept' as const) : ('none' as const)
    }),
  )
  return (['kept', 'unknown'] as const).find((one) => copies.includes(one)) ?? 'none'
}
