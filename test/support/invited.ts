// Owns whom a test invites: how the link is made, pressed in a browser of their own, and what that browser then asks with.
import type { InvitationMade, InvitationPressed } from '../../server/wire/wire.ts'
import { type Answer, ask, cookiesOf, type Person, personAt } from './people.ts'
import { bodyOf } from './visits.ts'
import type { World } from './world.ts'

export type Made = InvitationMade & { readonly secret: string }

/** A clinician invites somebody; the secret as it stands in the link's fragment. */
export async function inviteSomebody(
  clinician: Person,
  visit: string,
  person: object = { as: 'guest', name: 'Ana Lindqvist' },
): Promise<Made> {
  const made = bodyOf<InvitationMade>(await clinician.post(`${visit}/invitations`, person))
  return { ...made, secret: secretIn(made) }
}

export const secretIn = ({ link }: InvitationMade): string => new URL(link).hash.slice(1)

/** A press in a browser that brings these cookies. */
export const press = (world: World, body: object, cookie = ''): Promise<Answer> =>
  ask(world.url, '/invitations/pressed', { method: 'post', headers: { Origin: world.url, Cookie: cookie }, body })

/** Whoever pressed, at their page, with the cookies of that browser. */
export function personIn(world: World, answer: Answer): { readonly guest: Person; readonly visit: string } {
  const [, home = '', visit = ''] = /^(\/v\/[^/]+)\/visits\/([^/]+)$/.exec(bodyOf<InvitationPressed>(answer).path) ?? []
  return { guest: personAt(world.url, home, cookiesOf(answer.headers)), visit: `/api/visits/${visit}` }
}

export async function pressed(world: World, made: Made): Promise<Person> {
  return personIn(world, await press(world, { secret: made.secret })).guest
}
