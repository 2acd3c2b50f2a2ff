// Inviting somebody by a link, sending it anew, taking it back; and the press by which the invited person comes in.
// Refuses who presses from a second browser, too late, after it was taken back, or by a guess, which is slow, counted, and seen by the clinician.

import { languageOn } from '../domain/ehr/languages.ts'
import { type Code, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Instant, InvitationId } from '../domain/ids.ts'
import { locatorOf, shownCode, typedCode } from '../domain/sign-in/invitation-code.ts'
import { hashed } from '../domain/sign-in/secret.ts'
import {
  type Brought,
  boundToBrowser,
  invited,
  isRight,
  sentAnew,
  takenBack,
  triedElsewhere,
} from '../domain/visit/invitation.ts'
import type { Invitation, InvitationLink } from '../domain/visit/invitation-shape.ts'
import { textsOfInvitation } from '../domain/visit/invitation-words.ts'
import { invitedUntil } from '../domain/visit/invited.ts'
import { invitedRef } from '../domain/visit/sides.ts'
import { closesAt } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { type FoundInvitation, invitationsBy } from '../house/invitations.ts'
import { launchTopic } from '../house/topics.ts'
import { seenBy } from '../house/views.ts'
import type { InvitationMade, Invite, OfInvitation, PressInvitation } from '../wire/invitation.ts'
import type { Tells, VisitSeen } from './step.ts'

/** What only whoever is invited is to have, and what is kept of it. */
function newLink(house: House, now: Instant) {
  const [secret, code] = [house.random.secret(), house.random.code()]
  const kept: InvitationLink = {
    ...{ secretHash: hashed(secret), locator: locatorOf(code), codeHash: hashed(code), madeAt: now },
  }
  return { secret, code, kept }
}

export async function invite(
  house: House,
  caller: AtVisit,
  { as, name, language, reads }: Invite,
): Promise<Tells<InvitationMade>> {
  const { organisation } = caller
  if (reads !== undefined && !organisation.languages.includes(reads))
    throw new Refusal('bad-request', { detail: { field: 'reads' } })
  const now = house.now()
  const [id, link] = [house.random.invitationId(), newLink(house, now)]
  const { who: by, name: byName } = caller.person
  const invitation: Invitation = {
    ...{ id, as, name: name.trim(), by, byName, link: link.kept, state: 'sent' },
    ...given({ reads, language: as === 'interpreter' ? language?.trim() : undefined }),
  }
  const { after } = await house.changeVisit(caller.visit.id, (v) =>
    invited(v, invitation, organisation.joinWindow, now),
  )
  await house.happened(caller, 'invited', { invitation: id, code: as })
  return made(house, caller, after, id, link)
}

/** The old link and code die, and the browser in which they were pressed is out: its page, its place and its admission. */
export async function sendAnew(
  house: House,
  caller: AtVisit,
  { invitation: id }: OfInvitation,
): Promise<Tells<InvitationMade>> {
  const now = house.now()
  const link = newLink(house, now)
  const { after } = await house.changeVisit(caller.visit.id, (v) =>
    sentAnew(v, id, link.kept, caller.organisation.joinWindow, now),
  )
  house.live.publish(launchTopic(id), 1)
  await house.happened(caller, 'invitation-sent-anew', { invitation: id })
  return made(house, caller, after, id, link)
}

function made(
  { config }: House,
  { organisation }: AtVisit,
  visit: Visit,
  invitation: InvitationId,
  { secret, code }: ReturnType<typeof newLink>,
): Tells<InvitationMade> {
  const typeAt = `${config.url}/join.html`
  const { name: clinic, timeZone, languages } = organisation
  const kept = visit.invitations?.find((one) => one.id === invitation)?.reads
  const reads = languageOn(languages, kept)
  const query = languages.length > 1 ? `?reads=${reads}` : ''
  // In the fragment: no server, no log and no Referer is ever told of it.
  const shown = { link: `${typeAt}${query}#${secret}`, code: shownCode(code), typeAt }
  const texts = textsOfInvitation({ ...shown, language: reads, clinic, start: visit.start, timeZone })
  return { body: { invitation, ...shown, ...texts, reads, until: closesAt(visit, organisation.joinWindow) } }
}

/** Ends the invited person's sign-in, place at the door and admission at once. */
export async function takeBack(house: House, caller: AtVisit, { invitation: id }: OfInvitation): Promise<VisitSeen> {
  const now = house.now()
  const { before, after } = await house.changeVisit(caller.visit.id, (v) => takenBack(v, id, now))
  house.live.publish(launchTopic(id), 1)
  if (before !== after) await house.happened(caller, 'invitation-revoked', { invitation: id })
  return seenBy(house, caller, after)
}

/** What a browser has of earlier presses of this invitation. */
type Secrets = (id: InvitationId) => readonly string[]
export type Pressed = {
  readonly id: InvitationId
  readonly secret: string
  readonly path: string
  readonly until: Instant
}

/**
 * The person presses: the invitation is bound to this browser, whose cookie's value is answered. The same browser may press again and goes on as it
 * was. Whoever has no more than a guess reads `invitation-unknown`, whatever was wrong with it.
 */
export async function press(house: House, pressing: PressInvitation, secrets: Secrets): Promise<Pressed> {
  return 'secret' in pressing ? pressLink(house, pressing.secret, secrets) : pressCode(house, pressing.code, secrets)
}

async function pressLink(house: House, secret: string, secrets: Secrets): Promise<Pressed> {
  const hash = hashed(secret)
  const [found] = await invitationsBy(house, 'invitation-link', hash)
  if (found === undefined) throw new Refusal('invitation-unknown')
  return bind(house, found, { by: 'secret', hash }, secrets)
}

/** How long, in milliseconds, whoever typed no good code waits for the answer: whatever was wrong with it, it takes as long. */
const slowMs = 1_000

async function pressCode(house: House, typed: string, secrets: Secrets): Promise<Pressed> {
  const code = typedCode(typed)
  const all = code === undefined ? [] : await invitationsBy(house, 'invitation-code', locatorOf(code))
  const hash = code === undefined ? '' : hashed(code)
  const brought = { by: 'code', hash, browser: [] } as const
  const right = all.find(({ invitation }) => isRight(invitation.link, brought))
  if (right !== undefined) return bind(house, right, brought, secrets)
  for (const one of all) await noteTry(house, one, 'guessed', 'invitation-unknown')
  await house.wait(slowMs)
  throw new Refusal('invitation-unknown')
}

async function bind(
  house: House,
  { visit: { id: visit, organisation: of }, invitation }: FoundInvitation,
  what: Omit<Brought, 'browser'>,
  secrets: Secrets,
): Promise<Pressed> {
  const { id } = invitation
  const organisation = house.config.organisations.find((one) => one.id === of)
  if (organisation === undefined) throw new Refusal('invitation-unknown')
  const [theirs, fresh] = [secrets(id), house.random.secret()]
  const brought = { ...what, browser: theirs.map(hashed) }
  const at = { window: organisation.joinWindow, now: house.now() }
  const change = (v: Visit) => boundToBrowser(v, id, brought, hashed(fresh), at)
  const { before, after } = await house.changeVisit(visit, change).catch(async (cause: unknown) => {
    if (cause instanceof Refusal)
      await noteTry(house, { visit: await asIs(house, visit), invitation }, 'pressed', cause.code)
    throw cause
  })
  const isNew = before !== after
  const person = { who: invitedRef(id), role: invitation.as }
  if (isNew) await house.happened({ organisation, visit: after, person }, 'invitation-opened')
  const secret = isNew ? fresh : theirs.find((one) => isOf(after, id, one))
  if (secret === undefined) throw new Error('who comes back brings what let them in')
  return { id, secret, path: `/v/${id}/visits/${visit}`, until: invitedUntil(after, organisation.joinWindow) }
}

const isOf = ({ invitations = [] }: Visit, id: InvitationId, secret: string): boolean =>
  invitations.some((one) => one.id === id && one.state === 'opened' && one.browserHash === hashed(secret))

async function asIs({ visits }: House, id: Visit['id']): Promise<Visit> {
  const visit = await visits.get(id)
  if (visit === undefined) throw new Refusal('invitation-unknown')
  return visit
}

/** In the trail, each time; and on the clinician's screen, where it was a guess or another browser. */
async function noteTry(
  house: House,
  { visit, invitation: { id } }: FoundInvitation,
  what: 'guessed' | 'pressed',
  code: Code,
): Promise<void> {
  const seen = code === 'invitation-unknown' || code === 'invitation-used'
  const now = house.now()
  if (seen && 'call' in visit) await house.changeVisit(visit.id, (v) => triedElsewhere(v, id, what, now))
  const by = { organisation: { id: visit.organisation }, visit }
  await house.happened(by, 'invitation-refused', { outcome: 'refused', code, invitation: id })
}
