// Who is signed in, and the end of a sign-in, by whoever ends it. What is no longer good for anything counts as ended already.
import { createHmac } from 'node:crypto'
import { given } from '../domain/given.ts'
import type { LaunchId, OrganisationId } from '../domain/ids.ts'
import { idlesAt, type Launch, personOf } from '../domain/sign-in/launch.ts'
import type { AuditEntry } from '../outside/record/audit.ts'
import { signedInBy } from './caller.ts'
import type { House } from './house.ts'
import { launchTopic } from './topics.ts'

export async function signInsAt(house: House, organisation: OrganisationId): Promise<readonly Launch[]> {
  return lasting(house, await house.launches.find('organisation', organisation))
}

/** All of one person, by what the EHR calls them. */
export async function signInsOf(house: House, launch: Launch): Promise<readonly Launch[]> {
  return lasting(house, await house.launches.find('person', personOf(launch)))
}

function lasting(house: House, launches: readonly Launch[]): readonly Launch[] {
  const now = house.now()
  return launches.filter((launch) => now < idlesAt(launch))
}

/** A name for a list: sixteen hexadecimal digits that lead back to nothing without this deployment's key. */
export const opaque = (house: House, kind: 'sign-in' | 'person', of: LaunchId | string): string =>
  createHmac('sha256', house.config.roomKey).update(`${kind} ${of}`).digest('hex').slice(0, 16)

/**
 * The row goes, and the EHR's tokens with it; every stream of it ends. Answers whether it was there. `code` says by whom, where it was not
 * the person in this very sign-in.
 */
export async function endSignIn(
  house: House,
  launch: Launch,
  event: Extract<AuditEntry['event'], 'sign-out' | 'sign-in-ended'>,
  code?: 'by-clinic' | 'by-person',
): Promise<void> {
  await house.launches.remove(launch.id)
  house.memory.daysRead.forget(launch.id)
  house.live.publish(launchTopic(launch.id), 1)
  await house.happened(signedInBy(house.config, launch), event, given({ code }))
}
