// The EHRs as the people signed in may use them, and what each can do for them. Keeps for a while what an EHR says of itself.

import { type Profile, profileOf, type Statement } from '../domain/ehr/capability.ts'
import { given } from '../domain/given.ts'
import type { Instant } from '../domain/ids.ts'
import { instant, plus } from '../domain/instant.ts'
import type { Launch, Tokens } from '../domain/sign-in/launch.ts'
import { type Ehr, type GiveAccessToken, openEhr } from '../outside/ehr/ehr.ts'
import type { Smart } from '../outside/smart/smart.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { Config, Issuer } from '../settings/config.ts'
import { issuerOf } from '../settings/issuer.ts'
import { type ChangeLaunch, givenToken, openAccessTokens } from './access-tokens.ts'
import type { Happened } from './trail.ts'

export type Ehrs = {
  /** The EHR as this sign-in may use it; refreshes its tokens when they end. */
  ehr(launch: Launch): Ehr
  /** The EHR before there is a sign-in row: at the callback. */
  ehrWith(issuer: Issuer, tokens: Tokens): Ehr
  /** What that EHR can do for this sign-in. Never refuses: what /metadata does not say is weighed as untold. */
  profile(launch: Pick<Launch, 'iss' | 'people' | 'tokens'>): Promise<Profile>
}

type Parts = {
  readonly config: Config
  readonly smart: Smart
  readonly launches: Pick<Shelf<Launch>, 'get'>
  readonly changeLaunch: ChangeLaunch
  readonly clock: () => number
}

/** For each way of writing down what happened; what is known of EHRs and their tokens is one. */
export function openEhrs({ config, smart, launches, changeLaunch, clock }: Parts): (happened: Happened) => Ehrs {
  const now = () => instant(clock())
  const issuerOfLaunch = (launch: Launch) => issuerOf(config, launch).issuer
  const accessTokens = openAccessTokens({
    launches,
    change: changeLaunch,
    smart,
    issuerOf: issuerOfLaunch,
    now,
  })
  const endedFor = (happened: Happened) => (launch: Launch) => {
    const person = { who: launch.fhirUser, role: launch.role }
    return happened({ ...issuerOf(config, launch), person, launch }, 'ehr-session-ended')
  }
  const statements = remembering<Statement | undefined>(now)
  const ehrFor = ({ iss }: Issuer, giveAccessToken: GiveAccessToken): Ehr => {
    const ehr = openEhr({ iss, giveAccessToken, now: clock })
    return { ...ehr, statement: () => statements(iss, ehr.statement) }
  }
  return (happened) => ({
    ehr: (launch) => ehrFor(issuerOfLaunch(launch), accessTokens(launch.id, endedFor(happened))),
    ehrWith: (issuer, tokens) => ehrFor(issuer, givenToken(tokens)),
    async profile({ tokens, ...from }) {
      const { organisation, issuer } = issuerOf(config, from)
      const [statement, capabilities] = await Promise.all([
        ehrFor(issuer, givenToken(tokens)).statement(),
        smart.capabilities(issuer),
      ])
      return profileOf({
        ...given({ statement, kind: issuer.ehr }),
        smart: capabilities,
        scope: tokens.scope,
        can: issuer.can,
        policies: organisation.policies,
      })
    },
  })
}

/** How long an answer is kept, and how long that there was none, in seconds. */
const keptSeconds = { said: 600, untold: 60 }

/** Keeps an answer per key for ten minutes, one that says nothing for one: who does not answer is not waited for at each page. */
function remembering<T>(now: () => Instant) {
  const answers = new Map<string, { until: Instant; answer: Promise<T> }>()
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const before = answers.get(key)
    if (before && before.until > now()) return before.answer
    const answer = ask()
    answers.set(key, { until: plus(now(), keptSeconds.said), answer })
    answer
      .then((said) => said ?? answers.set(key, { until: plus(now(), keptSeconds.untold), answer }))
      .catch(() => answers.delete(key))
    return answer
  }
}
