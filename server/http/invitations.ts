// The way in of whoever was invited: a press, which is a POST with the secret in its body. Whatever opens the link before, and runs its page, has bound
// nothing: mail scanners do both.
// Refuses codes that are typed too often.
import { type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import type { InvitationId } from '../domain/ids.ts'
import { hashed } from '../domain/sign-in/secret.ts'
import type { House } from '../house/house.ts'
import { press } from '../steps/invitations.ts'
import { type InvitationPressed, PressInvitation } from '../wire/invitation.ts'
import { jsonBody } from './body.ts'
import { type CookieName, secretsIn, setCookie } from './cookies.ts'
import { houseOf } from './guards.ts'
import type { Limits } from './limits.ts'

export function invitationRoutes({ config }: House, { launches: limit, codes }: Limits): Router {
  const router = Router()
  router.post('/invitations/pressed', limit, async (request, response) => {
    const house = houseOf(response)
    const brought = PressInvitation.safeParse(await jsonBody(request, response, 'short'))
    if (!brought.success) throw new Refusal('bad-request')
    if ('code' in brought.data) codes(response)
    const pressed = await press(house, brought.data, (id) => secretsIn(config, request, pressedHere(id)))
    keepSignedIn(house, response, pressed)
    response.set('Cache-Control', 'no-store').json({ path: pressed.path } satisfies InvitationPressed)
  })
  return router
}

/** Two cookies of one value: for the pages of the visit, and for the same browser to press again. */
function keepSignedIn(
  { config, now }: House,
  response: Response,
  { id, secret, until }: Awaited<ReturnType<typeof press>>,
) {
  const seconds = Math.max(Math.ceil((Date.parse(until) - Date.parse(now())) / 1000), 60)
  setCookie(config, response, 'housecall', { value: secret, path: `/v/${id}`, seconds })
  setCookie(config, response, pressedHere(id), { value: secret, path: '/invitations', seconds })
}

const pressedHere = (id: InvitationId): CookieName => `housecall-by-${hashed(id).slice(0, 16)}`
