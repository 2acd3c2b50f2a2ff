// From the EHR's frame to a window of its own, and back to nobody else: makes the key to this sign-in, and takes it, once.
// Refuses keys that are no longer good, and sign-ins that are over.

import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { LaunchId, VisitId } from '../domain/ids.ts'
import { handedOver, requireKey, takenOver } from '../domain/sign-in/hand-over.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import { hashed } from '../domain/sign-in/secret.ts'
import { type SignedIn, signedInBy } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { HandedOver, HandOver, HandOverOf } from '../wire/wire.ts'
import type { Tells } from './step.ts'

/** Answers where the window is to go. The key stands in the fragment, which no server and no log is ever told. */
export async function handOver(house: House, caller: SignedIn, { visit }: HandOver): Promise<Tells<HandedOver>> {
  const { id } = caller.launch
  const [key, now] = [house.random.secret(), house.now()]
  await house.changeLaunch(id, (l) => handedOver(l, hashed(key), visit, now))
  await house.happened(caller, 'hand-over', about(visit))
  const body: HandedOver = { url: `${house.config.url}/hand-over.html#${id}.${key}` }
  return { body }
}

/** What a window brought in its fragment, for the sign-in behind it: a cookie's value of its own, and the page it goes on to. */
export async function takeOver(
  house: House,
  brought: string,
): Promise<{ launch: Launch; secret: string; path: string }> {
  const { found, key } = await broughtFor(house, brought)
  const [secret, now] = [house.random.secret(), house.now()]
  const { before, after: launch } = await house
    .changeLaunch(found.id, (l) => takenOver(l, hashed(key), hashed(secret), now))
    .catch(writeDownRefusal(house, found))
  const visit = before.handOver?.visit
  await house.happened(signedInBy(house.config, launch), 'hand-over-taken', about(visit))
  return { launch, secret, path: `/v/${launch.id}${visit === undefined ? '' : `/visits/${visit}`}` }
}

/**
 * Whose sign-in a key would open: asked before it is spent, where nobody saw who brought the key. Whoever has it could open it and read
 * the same; that somebody looked is written down.
 */
export async function lookAtHandOver(house: House, brought: string): Promise<HandOverOf> {
  const { found, key } = await broughtFor(house, brought)
  const { organisation, person } = signedInBy(house.config, found)
  const look = async () => requireKey(found, hashed(key), house.now())
  await look().catch(writeDownRefusal(house, found))
  await house.happened(signedInBy(house.config, found), 'hand-over-looked', about(found.handOver?.visit))
  return { name: person.name, role: found.role, organisation: organisation.name }
}

async function broughtFor(house: House, brought: string): Promise<{ found: Launch; key: string }> {
  const [id = '', key = ''] = brought.split('.')
  const found = await house.launches.get(id as LaunchId) // sound: only a row's own id finds a row
  if (found === undefined) throw new Refusal('session-ended')
  return { found, key }
}

/** A key that is no longer good is worth a line: somebody else may have used it. */
const writeDownRefusal =
  (house: House, launch: Launch) =>
  async (cause: unknown): Promise<never> => {
    const by = signedInBy(house.config, launch)
    if (cause instanceof Refusal) await house.happened(by, 'hand-over-taken', { outcome: 'refused', code: cause.code })
    throw cause
  }

const about = (visit: VisitId | undefined) => given({ visit })
