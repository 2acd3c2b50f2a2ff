// A clinician's own PractitionerRoles, by which an Appointment may name them. Nobody waits long for them, neither at the sign-in nor later: they are
// looked for again meanwhile, and what comes then is kept, and told to their day. Refuses nothing.
import { professionIn } from '../domain/ehr/profession.ts'
import { relativeTo } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Ref } from '../domain/ids.ts'
import { type Launch, type RolesTold, rolesKnown } from '../domain/sign-in/launch.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'
import { inTime } from './in-time.ts'
import { rolesTopic } from './topics.ts'

/** How long a sign-in, a day or an opening waits, in milliseconds: as long as for /metadata and the style, which are asked for beside it. */
export const briefMs = 3_000

/** Looks for them where they are not known yet: once a minute, until the EHR answers. */
export function lookForRoles(house: House, launch: Launch): Promise<void> {
  if (launch.rolesUnread === undefined) return Promise.resolve()
  return house.memory.roleLooks.of(launch.id, house.now(), () => look(house, launch))
}

/** The caller with the roles that are known by now. */
export async function withRoles(house: House, caller: SignedIn): Promise<SignedIn> {
  if (caller.launch.rolesUnread === undefined) return caller
  await inTime(lookForRoles(house, caller.launch), briefMs)
  const launch = await house.launches.get(caller.launch.id)
  return launch === undefined ? caller : { ...caller, launch }
}

async function look(house: House, launch: Launch): Promise<void> {
  try {
    const asking = { ehr: house.ehr(launch), relative: relativeTo(launch.iss), log: house.log }
    const told = await rolesOf(asking, launch.fhirUser)
    await house.changeLaunch(launch.id, (l) => rolesKnown(l, told))
    house.live.publish(rolesTopic(launch.id), 1)
  } catch (cause) {
    // Signed out meanwhile.
    if (cause instanceof Refusal && cause.code === 'session-ended') return
    house.log.error('store-fault', {}, cause)
  }
}

type Asking = {
  readonly ehr: Pick<ReturnType<House['ehr']>, 'lookThrough'>
  readonly relative: (reference: string) => Ref | undefined
  readonly log: House['log']
}

/** A refusal is a verdict: then only Appointments naming them in person are theirs. What went wrong may go well the next time. */
export async function rolesOf({ ehr, relative, log }: Asking, practitioner: Ref): Promise<RolesTold> {
  try {
    const { found, isWhole } = await ehr.lookThrough('PractitionerRole', [['practitioner', practitioner]])
    const own = found.filter((r) => r.active !== false && relative(r.practitioner?.reference ?? '') === practitioner)
    const profession = isWhole ? professionIn(own.map(({ code }) => code)) : undefined
    return { roles: own.map((r): Ref => `PractitionerRole/${r.id}`), isAll: isWhole, ...given({ profession }) }
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.code === 'session-ended') throw cause
    log.warn('roles-unread', { code: cause.code })
    return { roles: [], isAll: cause.code === 'ehr-refused' }
  }
}
