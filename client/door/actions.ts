// What a clinician does with a visit: lets in, sends away, starts the call, ends it for all.
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type {
  Admission,
  AskToWait,
  ClinicianView,
  Decline,
  DoorPerson,
  Instant,
  InvitationMade,
  Invite,
  LetWait,
  Lock,
  MessageText,
  OfInvitation,
  SendBack,
  SendMessage,
  TriedPerson,
  WhatHappened,
  WhoItIs,
  WhyNotNow,
  WhyRefused,
} from '../../server/wire/wire.ts'
import { type Answer, type Problem, post } from '../base/api.ts'
import { devicesHere } from '../base/devices-here.ts'
import type { Watched } from '../base/live.ts'
import { setCalling, setPageState, wasCalling } from '../base/page-state.ts'
import type { Room } from '../call/call.tsx'
import { inRoom, isSame, type RoomPerson, type Someone } from '../call/same-person.ts'
import { announce } from '../ui/announce.ts'
import { useGone } from '../ui/gone.ts'
import { doorWords } from './clinician-words.ts'

/** `ending`: the end is said to the room; the frame stays until it has heard it. */
type CallWish = 'none' | 'wanted' | 'ending'

export type Actions = {
  readonly call: CallWish
  startCall(): void
  setRoom(room: Room | undefined): void
  record(on: boolean): void
  /** Somebody was taken out of the room by Jitsi's own means: they wait again, as if sent back from here. */
  takenOut(who: Someone): void
  /** Each answers what stood in the way. `asReadAt`: by what the appointment said then, while the health record system says nothing. */
  admit(person: DoorPerson, asReadAt?: Instant): Promise<Problem | undefined>
  /** Closes the door to this person; their page says why. */
  decline(person: DoorPerson, why: WhyRefused): Promise<Problem | undefined>
  /** To somebody who waits; their page shows it. */
  write(person: DoorPerson, says: MessageText): Promise<Problem | undefined>
  /** Keeps the place of somebody who waits; their page says why. */
  askToWait(person: DoorPerson, why: WhyNotNow): Promise<Problem | undefined>
  /** Out of the room, to wait again; their page says why. */
  sendBack(person: DoorPerson, why: WhyNotNow): Promise<Problem | undefined>
  /** Who they are, by what they said in the call; whoever is denied is out of the room at once. */
  identify(person: DoorPerson, is: WhoItIs['is']): Promise<Problem | undefined>
  /** Who it was is confirmed, outside of the call, of a visit that has ended. */
  confirmOutside(): Promise<Problem | undefined>
  /** Lets this one person knock although the door is locked. */
  letWait(person: TriedPerson): Promise<Problem | undefined>
  lock(on: boolean): Promise<Problem | undefined>
  /** Makes an invitation; its link is in the answer alone. */
  invite(person: Invite): Promise<Answer<InvitationMade>>
  /** Another link for the same person: the old one, and the browser in which it was opened, are out. */
  sendAnew(of: OfInvitation): Promise<Answer<InvitationMade>>
  takeBack(of: OfInvitation): Promise<Problem | undefined>
  end(): Promise<Problem | undefined>
  /** Of a visit that has ended. */
  reopen(): Promise<Problem | undefined>
  /** What happened, of a visit that has ended. */
  say(word: WhatHappened): Promise<Problem | undefined>
}

export function useActions(path: string, watched: Watched<ClinicianView>, view: ClinicianView): Actions {
  const [call, setCall] = useCallWish(view)
  const room = useRef<Room | undefined>(undefined)
  useEndElsewhere(view, call, setCall, room)
  const end = async () => {
    // Who is not in the call does not enter it to end it.
    if (call === 'wanted') setCall('ending')
    const answer = await post<ClinicianView>(`${path}/end`)
    // Only an end that is kept is told to the room: else everyone would be out of a visit that goes on.
    if (answer.ok) await room.current?.end()
    setCall(answer.ok ? 'none' : call)
    if (answer.ok) announce(doorWords.finished)
    return take(watched, answer)
  }
  const startCall = () => setCall('wanted')
  return {
    call,
    startCall,
    setRoom: (next) => {
      room.current = next
    },
    record: (on) => room.current?.record(on),
    end,
    ...doorActions(path, watched, view, { startCall, remove: (person) => room.current?.remove(person) }),
  }
}

type AtRoom = { startCall(): void; remove(person: RoomPerson): void }
type HowOut = 'refusals' | 'returns' | 'identities'
type Body = Decline | SendBack | WhoItIs
type Ask = (to: string, body: object) => Promise<Answer<ClinicianView>>

/** Our door first: whom it lets in no more, the room's would take in again. */
async function outOfRoom(
  ask: Ask,
  watched: Watched<ClinicianView>,
  room: AtRoom,
  how: HowOut,
  body: Body,
): Promise<Problem | undefined> {
  const answer = await ask(how, body)
  const problem = take(watched, answer)
  // As the answer has them: the room they entered a moment ago this page may not have known of.
  const sent = answer.ok ? answer.body.door.find((p) => p.doorId === body.doorId) : undefined
  const there = sent && inRoom(sent)
  if (there !== undefined) room.remove(there)
  return problem
}

function doorActions(path: string, watched: Watched<ClinicianView>, { door }: ClinicianView, room: AtRoom) {
  const ask: Ask = (to, body) => post<ClinicianView>(`${path}/${to}`, body)
  const send = async (to: string, body: object) => take(watched, await ask(to, body))
  const out = (how: HowOut, body: Body) => outOfRoom(ask, watched, room, how, body)
  return {
    takenOut(who: Someone) {
      const person = door.find((p) => p.state === 'admitted' && isSame(who, inRoom(p)))
      if (person !== undefined) void out('returns', { doorId: person.doorId })
    },
    async admit({ doorId }: DoorPerson, asReadAt?: Instant) {
      const byReading = asReadAt === undefined ? {} : { asReadAt }
      // The room will ask for them: a browser whose devices rest takes a moment to find them.
      void devicesHere()
      const answer = await ask('admissions', { doorId, ...byReading } satisfies Admission)
      // Whoever is let in must find somebody in the room. Drawn with what the answer shows, at once.
      if (answer.ok) room.startCall()
      return take(watched, answer)
    },
    decline: ({ doorId }: DoorPerson, why: WhyRefused) => out('refusals', { doorId, why }),
    write: ({ doorId }: DoorPerson, says: MessageText) => send('messages', { doorId, says } satisfies SendMessage),
    askToWait: ({ doorId }: DoorPerson, why: WhyNotNow) => send('not-now', { doorId, why } satisfies AskToWait),
    sendBack: ({ doorId }: DoorPerson, why: WhyNotNow) => out('returns', { doorId, why }),
    async identify({ doorId, admittedAt }: DoorPerson, is: WhoItIs['is']) {
      if (admittedAt === undefined) return undefined
      const word = { doorId, admittedAt, is }
      return is === 'denied' ? out('identities', word) : send('identities', word)
    },
    confirmOutside: () => send('identities/outside', {}),
    reopen: () => send('reopening', {}),
    letWait: ({ doorId }: TriedPerson) => send('lock/exceptions', { doorId } satisfies LetWait),
    lock: (on: boolean) => send('lock', { locked: on } satisfies Lock),
    ...inviteActions(path, watched, door, room),
    async say(word: WhatHappened) {
      const problem = await send('outcome', word)
      // Somebody was in the call after all: then there is nothing to be said.
      return problem?.code === 'outcome-known' ? undefined : problem
    },
  }
}

function inviteActions(path: string, watched: Watched<ClinicianView>, door: readonly DoorPerson[], room: AtRoom) {
  /** Whose invitation is over is out of the room too. */
  const leave = ({ invitation }: OfInvitation) => {
    const person = door.find((one) => one.invited?.invitation === invitation)
    const there = person && inRoom(person)
    if (there !== undefined) room.remove(there)
  }
  const made = async (to: string, body: Invite | OfInvitation) => {
    const answer = await post<InvitationMade>(`${path}/${to}`, body)
    watched.look()
    return answer
  }
  return {
    invite: (person: Invite) => made('invitations', person),
    async sendAnew(of: OfInvitation) {
      const answer = await made('invitations/links', of)
      if (answer.ok) leave(of)
      return answer
    },
    async takeBack(of: OfInvitation) {
      const answer = await post<ClinicianView>(`${path}/invitations/revocations`, of)
      if (answer.ok) leave(of)
      return take(watched, answer)
    },
  }
}

/** Whether the clinician wants to be in the call on this page. */
function useCallWish(view: ClinicianView): readonly [CallWish, (next: CallWish) => void] {
  // A page that was in the call finds its way back when it is loaded again. Another page of hers, or of a colleague's, enters by a button.
  const [call, setCall] = useState<CallWish>(view.status === 'in-progress' && wasCalling() ? 'wanted' : 'none')
  const gone = useGone()
  return [
    call,
    (next) => {
      // An answer may come when another page has this place, and another entry of the history.
      if (gone.current) return
      if (next === 'wanted') setCalling()
      else setPageState({ calling: false })
      setCall(next)
    },
  ]
}

/** Ended from another page: the room that is here is the one that can be closed for everyone. */
function useEndElsewhere(
  { status }: ClinicianView,
  call: CallWish,
  setCall: (next: CallWish) => void,
  room: RefObject<Room | undefined>,
): void {
  useEffect(() => {
    if (status !== 'finished' || call !== 'wanted') return
    setCall('ending')
    void (room.current?.end() ?? Promise.resolve()).then(() => setCall('none'))
  }, [status])
}

/** Shows what a request brought, or looks again where it was refused; answers what stood in the way. */
function take(watched: Watched<ClinicianView>, answer: Answer<ClinicianView>): Problem | undefined {
  if (answer.ok) watched.put(answer.body)
  else watched.look()
  return answer.ok ? undefined : answer.problem
}
