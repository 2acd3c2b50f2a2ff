// What a clinician sees of those who are invited to a visit: how far each has come, by the row, the door, and what their own page says.
import { given } from '../domain/given.ts'
import type { Instant } from '../domain/ids.ts'
import type { Invitation } from '../domain/visit/invitation-shape.ts'
import { invitedRef } from '../domain/visit/sides.ts'
import { closesAt } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type { InvitedBeside, InvitedPerson } from '../wire/wire.ts'
import type { House } from './house.ts'

/** Undefined where nobody ever was. Whoever was taken back and never came stands there no longer. */
export function invitedView(
  house: House,
  visit: Visit,
  { joinWindow }: Organisation,
): readonly InvitedPerson[] | undefined {
  const shown = visit.invitations?.filter(isShown(visit))
  if (shown === undefined || shown.length === 0) return undefined
  const now = house.now()
  return shown.map((invitation) => {
    const { id, as, name, language, byName: by, link, elsewhere } = invitation
    const state = stateOf(house, visit, invitation, { now, closes: closesAt(visit, joinWindow) })
    return { invitation: id, as, name, by, state, madeAt: link.madeAt, ...given({ language, elsewhere }) }
  })
}

/** The same beside a row of a day: who may still come, or has come. */
export function invitedBeside(
  house: House,
  visit: Visit,
  organisation: Organisation,
): readonly InvitedBeside[] | undefined {
  const all = invitedView(house, visit, organisation)?.flatMap(({ name, as, state }) =>
    state === 'revoked' || state === 'expired' ? [] : { name, as, state },
  )
  return all === undefined || all.length === 0 ? undefined : all
}

const isShown =
  ({ attendance }: Visit) =>
  ({ id, state }: Invitation): boolean =>
    state !== 'revoked' || attendance.some(({ who }) => who === invitedRef(id))

type At = { readonly now: Instant; readonly closes: Instant }

function stateOf(house: House, visit: Visit, { id, state }: Invitation, { now, closes }: At): InvitedPerson['state'] {
  if (state === 'revoked') return state
  if (state === 'sent') return now < closes && 'call' in visit ? 'sent' : 'expired'
  const who = invitedRef(id)
  const person = 'call' in visit ? visit.call.door.find((one) => one.who === who) : undefined
  if (person?.state === 'waiting' || person?.state === 'declined') return person.state
  const came = visit.attendance.some((one) => one.who === who)
  if (person === undefined) return came ? 'left' : 'opened'
  const page = house.memory.callPages.inCall(visit.id, now).find((one) => one.who === who)
  if (page?.at === 'in') return 'in'
  return page?.at === 'gone' ? 'left' : 'admitted'
}
