// The access token of each request to an EHR, renewed when it ends or the EHR takes it no longer. Keeps in the row, before anything is
// sent, that a refresh token is on its way: one whose fate nobody knows is never sent again (RFC 9700, 4.14.2). Refuses what has ended.

import { Refusal } from '../domain/errors.ts'
import type { Instant, LaunchId } from '../domain/ids.ts'
import { type Launch, needsRenewal, renewable, sentOnce, type Tokens, unrenewed } from '../domain/sign-in/launch.ts'
import type { GiveAccessToken } from '../outside/ehr/ehr.ts'
import type { Smart } from '../outside/smart/smart.ts'
import type { Changed, Shelf } from '../outside/store/store.ts'
import type { Issuer } from '../settings/config.ts'

/** Refuses (`session-ended`) a sign-in that was signed out meanwhile. */
export type ChangeLaunch = (id: LaunchId, change: (launch: Launch) => Launch) => Promise<Changed<Launch>>

type Parts = {
  readonly launches: Pick<Shelf<Launch>, 'get'>
  readonly change: ChangeLaunch
  readonly smart: Pick<Smart, 'refresh'>
  readonly issuerOf: (launch: Launch) => Issuer
  readonly now: () => Instant
}

/** Writes down that the EHR's session of this sign-in is over. */
type WriteDownEnd = (launch: Launch) => Promise<void>

/** One refresh at a time per sign-in, for all who wait for it. */
export function openAccessTokens(parts: Parts): (id: LaunchId, writeDownEnd: WriteDownEnd) => GiveAccessToken {
  const flights = new Map<LaunchId, Promise<string>>()
  const fresh = async (id: LaunchId, writeDownEnd: WriteDownEnd, refused?: string): Promise<string> => {
    const launch = await parts.launches.get(id)
    if (launch === undefined) throw new Refusal('session-ended')
    const { tokens } = launch
    if (!needsRenewal(tokens, parts.now(), refused)) return tokens.accessToken
    const underWay = flights.get(id)
    if (underWay === undefined && !renewable(tokens)) {
      // Read while it was being renewed, and renewed by now.
      const kept = await parts.launches.get(id)
      return kept?.tokens.accessToken === tokens.accessToken
        ? asItIs(tokens, refused)
        : fresh(id, writeDownEnd, refused)
    }
    const flight = underWay ?? renew(parts, launch, writeDownEnd).finally(() => flights.delete(id))
    flights.set(id, flight)
    return flight.catch((cause: unknown) => {
      if (over(cause)) return asItIs(tokens, refused)
      throw cause
    })
  }
  return (id, writeDownEnd) => (refused) => fresh(id, writeDownEnd, refused)
}

/** For where there is no sign-in of ours yet: the token just given, and no other. */
export const givenToken =
  (tokens: Tokens): GiveAccessToken =>
  async (refused) =>
    asItIs(tokens, refused)

/** What cannot be renewed may still hold: the EHR knows, and once it has said no there is nothing left to try. */
function asItIs({ accessToken }: Tokens, refused: string | undefined): string {
  if (accessToken === refused) throw new Refusal('ehr-session-ended')
  return accessToken
}

const over = (cause: unknown) => cause instanceof Refusal && cause.code === 'ehr-session-ended'

async function renew(parts: Parts, before: Launch, writeDownEnd: WriteDownEnd): Promise<string> {
  const { change, smart, issuerOf } = parts
  const keep = (tokens: Tokens) => change(before.id, (launch) => ({ ...launch, tokens }))
  const used = before.tokens
  // Also when it was renewed between our look and now: then there is nothing to send.
  const spend = (l: Launch) => (l.tokens.accessToken === used.accessToken ? sentOnce(l) : l)
  const { tokens } = (await change(before.id, spend)).after
  if (tokens.accessToken !== used.accessToken) return tokens.accessToken
  const fresh = await smart.refresh(issuerOf(before), used).catch(async (cause: unknown) => {
    if (over(cause)) await keepEnd(parts, before, used, writeDownEnd)
    else if (cause instanceof Refusal) await keep(used) // it was not used: it may go again
    throw cause
  })
  await keep(fresh)
  return fresh.accessToken
}

/** The EHR's session is over: nothing more is asked there in this person's name, and our own sign-in ends sooner. */
async function keepEnd({ change, now }: Parts, launch: Launch, used: Tokens, writeDownEnd: WriteDownEnd) {
  const at = now()
  await change(launch.id, (l) => unrenewed(l, used, at))
  await writeDownEnd(launch)
}
