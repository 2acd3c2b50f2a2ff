// What the listed EHRs have said of their sign-ins, kept for an hour; a failed look is not kept.
// Refuses an EHR that goes by the issuer of another listed one. Keeps nobody waiting for what a sign-in can do without.
import { setTimeout } from 'node:timers/promises'
import { type AuthorizationServer, requireOneServer } from '../../domain/sign-in/one-server.ts'
import type { Issuer } from '../../settings/config.ts'
import type { TakenForms } from './basic.ts'
import { type Discovered, discover, type SmartOptions } from './discovery.ts'

export type Discoveries = {
  of(issuer: Issuer): Promise<Discovered>
  /** As `of`; nothing where it takes longer than three seconds or fails, and where it did so within the last minute. */
  hint(issuer: Issuer): Promise<Discovered | undefined>
  /** As `of`; refuses (`issuer-contested`) one that another listed EHR contradicts, as far as that one has ever answered. */
  uncontested(issuer: Issuer): Promise<Discovered>
}

const keptMs = 60 * 60 * 1000
/** How long anything is waited for that a sign-in can do without, in milliseconds. */
const hintMs = 3_000
const silentMs = 60_000
export const hintOf = ({ timeoutMs = hintMs }: SmartOptions): number => Math.min(hintMs, timeoutMs)

const keyOf = ({ iss, clientId }: Issuer) => `${iss} ${clientId}`

export function openDiscoveries(options: SmartOptions): Discoveries {
  const { of, said } = remembered(options)
  /** Until when an EHR that gave no hint is not asked for one again. */
  const silent = new Map<string, number>()
  const hint: Discoveries['hint'] = async (issuer) => {
    const [key, now] = [keyOf(issuer), Date.parse(options.now())]
    if ((silent.get(key) ?? 0) > now) return undefined
    const asked = of(issuer).catch(() => undefined)
    const told = await Promise.race([asked, setTimeout(hintOf(options), undefined, { ref: false })])
    if (told === undefined) silent.set(key, now + silentMs)
    return told
  }
  /** What it last said, while it is asked anew; only who has said nothing yet is waited for. */
  const serverOf = async (issuer: Issuer): Promise<readonly AuthorizationServer[]> => {
    const told = hint(issuer)
    const server = said(issuer) ?? (await told)?.server
    return server === undefined ? [] : [server]
  }
  const loud: Discoveries['of'] = async (issuer) => {
    const told = await of(issuer)
    silent.delete(keyOf(issuer))
    return told
  }
  return {
    of: loud,
    hint,
    async uncontested(issuer) {
      const others = options.listed.filter((other) => keyOf(other) !== keyOf(issuer))
      const [its, theirs] = await Promise.all([loud(issuer), Promise.all(others.map(serverOf))])
      requireOneServer(its.server, theirs.flat())
      return its
    },
  }
}

/** `said` is of the last answer there was, for as long as we run. */
function remembered(options: SmartOptions) {
  const kept = new Map<string, { until: number; known: Promise<Discovered> }>()
  const servers = new Map<string, AuthorizationServer>()
  const takenForms: TakenForms = new Map()
  return {
    of(issuer: Issuer): Promise<Discovered> {
      const key = keyOf(issuer)
      const now = Date.parse(options.now())
      const before = kept.get(key)
      if (before && before.until > now) return before.known
      const asked = discover(issuer, options, takenForms)
      kept.set(key, { until: now + keptMs, known: asked })
      asked.then(
        ({ server }) => servers.set(key, server),
        () => kept.delete(key),
      )
      return asked
    },
    said: (issuer: Issuer) => servers.get(keyOf(issuer)),
  }
}
