// The EHRs as the people signed in may use them, and what each can do for them. Keeps for a while what an EHR says of itself.

import { type Profile, profileOf } from '../domain/ehr/capability.ts'
import { type Code, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Instant } from '../domain/ids.ts'
import { instant } from '../domain/instant.ts'
import type { Launch, Tokens } from '../domain/sign-in/launch.ts'
import { type Ehr, type GiveAccessToken, openEhr } from '../outside/ehr/ehr.ts'
import type { Batches } from '../outside/memory/batches.ts'
import type { Smart } from '../outside/smart/smart.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { Config, Issuer } from '../settings/config.ts'
import { issuerOf } from '../settings/issuer.ts'
import { type ChangeLaunch, givenToken, openAccessTokens } from './access-tokens.ts'
import { openStatements, type Patience } from './statements.ts'
import type { Happened } from './trail.ts'

export type Ehrs = {
  /** The EHR as this sign-in may use it; refreshes its tokens when they end, and writes down `by` whom where it lets nobody refresh them. */
  ehr(launch: Launch, by?: Happened): Ehr
  /** The EHR before there is a sign-in row: at the callback. */
  ehrWith(issuer: Issuer, tokens: Tokens): Ehr
  /**
   * What that EHR can do for this sign-in. Never refuses: what /metadata does not say in time is weighed as untold, and where it is busy the
   * profile says until when.
   */
  profile(launch: Pick<Launch, 'iss' | 'people' | 'tokens'>, patience?: Patience): Promise<Profile>
}

/** What lacks is refused by `code`; but where the EHR was only too busy to say that it has it, by that, and when it is asked again. */
export function lacking({ now }: { now: () => Instant }, code: Code, busyUntil: Instant | undefined): Refusal {
  if (busyUntil === undefined) return new Refusal(code)
  const seconds = Math.ceil((Date.parse(busyUntil) - Date.parse(now())) / 1000)
  return new Refusal('ehr-busy', { detail: { retryAfter: Math.max(seconds, 1) } })
}

type Parts = {
  readonly config: Config
  readonly smart: Smart
  readonly launches: Pick<Shelf<Launch>, 'get'>
  readonly changeLaunch: ChangeLaunch
  readonly clock: () => number
  readonly happened: Happened
  readonly batches: Batches
}

export function openEhrs({ config, smart, launches, clock, happened, ...parts }: Parts): Ehrs {
  const now = () => instant(clock())
  const issuerOfLaunch = (launch: Launch) => issuerOf(config, launch).issuer
  const accessTokens = openAccessTokens({
    launches,
    change: parts.changeLaunch,
    smart,
    issuerOf: issuerOfLaunch,
    now,
  })
  const endedFor = (by: Happened) => (launch: Launch) => {
    const person = { who: launch.fhirUser, role: launch.role }
    return by({ ...issuerOf(config, launch), person, launch }, 'ehr-session-ended')
  }
  const statements = openStatements(clock)
  const ehrFor = ({ iss }: Issuer, giveAccessToken: GiveAccessToken): Ehr =>
    openEhr({ iss, giveAccessToken, now: clock })
  return {
    ehr: (launch, by = happened) => ehrFor(issuerOfLaunch(launch), accessTokens(launch.id, endedFor(by))),
    ehrWith: (issuer, tokens) => ehrFor(issuer, givenToken(tokens)),
    async profile({ tokens, ...from }, patience = 'long') {
      const { organisation, issuer } = issuerOf(config, from)
      const [{ statement, busyUntil }, capabilities] = await Promise.all([
        statements(issuer.iss, ehrFor(issuer, givenToken(tokens)).statement, patience),
        smart.capabilities(issuer),
      ])
      return profileOf({
        ...given({ statement, kind: issuer.ehr, busyUntil: busyUntil === undefined ? undefined : instant(busyUntil) }),
        smart: capabilities,
        scope: tokens.scope,
        can: issuer.can,
        batches: parts.batches.seen(issuer.iss),
        policies: organisation.policies,
      })
    },
  }
}
