// A visit played to an empty room that no visit has: a patient comes first, then a clinician, who lets the patient in. Says what came of it.
// Refuses to stay: both leave at once, and nobody else is ever there. What it means for visits is said elsewhere.
import { randomUUID } from 'node:crypto'
import { given } from '../server/domain/given.ts'
import type { Line } from './jitsi-line.ts'
import { type Element, escaped, within } from './xmpp.ts'

/** Where people are, in Jitsi's own addresses. */
export type Places = { readonly room: string; readonly focus: string }

/**
 * Where one person got to; `identified`: the room shows by their token who they are (presence_identity). `ownName`: it shows them by another
 * name than they called themselves (muc_displayname).
 */
export type Got =
  | { readonly to: 'room'; readonly moderator: boolean; readonly identified: boolean; readonly ownName: boolean }
  | { readonly to: 'lobby'; readonly lobby: string }
  | { readonly to: 'nowhere'; readonly because: string; readonly words: string }

/**
 * Whether jicofo opened the room; `ownSignIn`: it has an authentication of its own, and makes moderators by that. `reserved`: jicofo was not asked,
 * since whoever Jitsi asks before a room begins gave this status (0: was not reached).
 */
export type Opened =
  | { readonly opened: true; readonly ownSignIn: boolean }
  | { readonly opened: false; readonly because: string; readonly reserved?: string }

/** What came of what a clinic's Jitsi must do or refuse. */
export type Tries = {
  /** `none`: jicofo says that it has no videobridge. `silent`: it says nothing. Absent where the two were not both inside. */
  readonly bridge?: 'there' | 'none' | 'silent'
  readonly recording?: ReplyToTry
  readonly telephone?: ReplyToTry
  readonly everyRoom?: ReplyToTry
}
/** Of what a module must refuse: it was, it was not, or nobody answered. */
export type ReplyToTry = 'refused' | 'taken' | 'silent'

export type Rehearsed = {
  readonly focus: Opened
  readonly patient?: Got
  readonly clinician?: Got
  /** The patient, after the clinician has let them in. */
  readonly admitted?: Got
  /** What was tried while a clinician was inside, as a moderator. */
  readonly tries?: Tries
}

const muc = 'http://jabber.org/protocol/muc'
const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas'

/** In milliseconds: how long jicofo may take to make somebody a moderator who has come in, and how long a room may take to open. */
export type Times = { readonly settleMs: number; readonly openingMs: number }

export async function rehearse(
  { patient, clinician }: { patient: Line; clinician: Line },
  places: Places,
  { settleMs, openingMs }: Times,
  tried: (bothInside: boolean) => Promise<Tries>,
): Promise<Rehearsed> {
  const focus = await openRoom(patient, places, openingMs)
  if (!focus.opened) return { focus }
  const first = await enterRoom(patient, places.room, settleMs)
  // A room that was left for want of people may be gone: it is asked for again, as each web app does.
  const again = await openRoom(clinician, places, openingMs)
  const second = again.opened ? await enterRoom(clinician, places.room, settleMs) : nowhere('no-focus')
  const met = { focus, patient: first, clinician: second }
  const letIn = first.to === 'lobby' && second.to === 'room' && second.moderator
  const rehearsed = letIn
    ? { ...met, admitted: await admitted(patient, clinician, places.room, first.lobby, settleMs) }
    : met
  const moderated = second.to === 'room' && second.moderator
  const both = [first, 'admitted' in rehearsed ? rehearsed.admitted : undefined].some((got) => got?.to === 'room')
  const tries = moderated ? { tries: await tried(both) } : {}
  for (const line of [patient, clinician]) leave(line, places.room)
  return { ...rehearsed, ...tries }
}

/** Nobody but jicofo makes rooms: it is asked first, as the web app does. */
export async function openRoom(line: Line, { room, focus }: Places, openingMs: number): Promise<Opened> {
  const asked = `<conference xmlns="http://jitsi.org/protocol/focus" room="${escaped(room)}" machine-uid="${randomUUID()}"/>`
  const answer = await line.ask('set', focus, asked, openingMs)
  if (answer === undefined) return { opened: false, because: 'no-answer' }
  const conference = within(answer, 'conference')
  if (answer.attrs.type === 'result' && conference?.attrs.ready === 'true')
    return {
      opened: true,
      ownSignIn: conference.children.some(({ attrs }) => attrs.name === 'authentication' && attrs.value === 'true'),
    }
  const reserved = within(answer, 'reservation-error')?.attrs['error-code']
  return { opened: false, because: conditionIn(answer), ...given({ reserved }) }
}

export async function enterRoom(line: Line, room: string, settleMs: number): Promise<Got> {
  const self = `${room}/${nick(line)}`
  line.send(entering(self))
  const mine = ({ name, attrs }: Element) => name === 'presence' && attrs.from?.toLowerCase() === self
  const came = await line.next(mine)
  if (came === undefined) return nowhere('no-answer')
  if (came.attrs.type === 'error') {
    const lobby = within(came, 'lobbyroom')?.text
    return lobby === undefined ? refused(came) : { to: 'lobby', lobby }
  }
  const shown = {
    identified: within(came, 'identity') !== undefined,
    ownName: within(came, 'nick', nickOf)?.text !== calledItself,
  }
  if (moderates(came)) return { to: 'room', moderator: true, ...shown }
  const later = await line.next((stanza) => mine(stanza) && moderates(stanza), settleMs)
  return { to: 'room', moderator: later !== undefined, ...shown }
}

/** The patient knocks, the clinician answers: the room's own invitation is what opens the lobby. */
async function admitted(patient: Line, clinician: Line, room: string, lobby: string, settleMs: number): Promise<Got> {
  patient.send(entering(`${lobby}/${nick(patient)}`))
  const inLobby = ({ name, attrs }: Element) => name === 'presence' && attrs.from?.startsWith(`${lobby}/`) === true
  const knocked = await patient.next(inLobby)
  if (knocked === undefined) return nowhere('no-answer')
  if (knocked.attrs.type === 'error') return refused(knocked)
  clinician.send(
    `<message xmlns="jabber:client" to="${escaped(room)}"><x xmlns="${muc}#user"><invite to="${escaped(patient.jid)}"/></x></message>`,
  )
  const invited = await patient.next((stanza) => stanza.name === 'message' && within(stanza, 'invite') !== undefined)
  if (invited === undefined) return nowhere('no-answer')
  patient.send(`<presence xmlns="jabber:client" to="${escaped(`${lobby}/${nick(patient)}`)}" type="unavailable"/>`)
  return await enterRoom(patient, room, settleMs)
}

const leave = (line: Line, room: string) =>
  line.send(`<presence xmlns="jabber:client" to="${escaped(`${room}/${nick(line)}`)}" type="unavailable"/>`)

/** The first eight signs of one's address: Jitsi lets nobody have another (muc_resource_validate). */
const nick = ({ jid }: Line) => jid.slice(0, 8)

const nickOf = 'http://jabber.org/protocol/nick'
/** No token of ours has this name. */
const calledItself = 'Doctor'

/** Without a name to show, the lobby lets nobody knock. */
const entering = (to: string) =>
  `<presence xmlns="jabber:client" to="${escaped(to)}"><x xmlns="${muc}"/><nick xmlns="${nickOf}">${calledItself}</nick></presence>`

const moderates = (presence: Element) => within(presence, 'item')?.attrs.role === 'moderator'

const nowhere = (because: string, words = ''): Got => ({ to: 'nowhere', because, words })
const refused = (stanza: Element): Got => nowhere(conditionIn(stanza), within(stanza, 'text', stanzas)?.text)

/** RFC 6120, 8.3: the one element of an error that says which it is. */
const conditionIn = (stanza: Element): string =>
  within(stanza, 'error')?.children.find(({ xmlns, name }) => xmlns === stanzas && name !== 'text')?.name ?? 'undefined'
