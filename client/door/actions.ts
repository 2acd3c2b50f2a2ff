// What a clinician does with a visit: lets in, sends away, starts the call, ends it for all.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Admission, ClinicianView, Decline, DoorPerson, Lock } from '../../server/wire/wire.ts'
import { type Answer, type Problem, post } from '../base/api.ts'
import type { Watched } from '../base/live.ts'
import { keep, kept } from '../base/page-state.ts'
import type { Room } from '../call/call.tsx'
import { announce } from '../ui/announce.ts'

export type Conduct = {
  /** `ending`: the end is said to the room; the frame stays until it has heard it. */
  readonly call: 'none' | 'wanted' | 'ending'
  startCall(): void
  setRoom(room: Room | undefined): void
  record(on: boolean): void
  /** Somebody was taken out of the room by Jitsi's own means: they wait again, as if sent back from here. */
  takenOut(name: string): void
  /** Each answers what stood in the way. */
  admit(person: DoorPerson): Promise<Problem | undefined>
  decline(person: DoorPerson): Promise<Problem | undefined>
  sendBack(person: DoorPerson): Promise<Problem | undefined>
  lock(on: boolean): Promise<Problem | undefined>
  end(): Promise<Problem | undefined>
}

export function useConduct(path: string, watched: Watched<ClinicianView>, view: ClinicianView): Conduct {
  // A page that was in the call finds its way back when it is loaded again. Another page of hers, or of a colleague's, enters by a button.
  const [call, setCalling] = useState<Conduct['call']>(
    view.status === 'in-progress' && kept().calling === true ? 'wanted' : 'none',
  )
  const here = useRef(true)
  const setCall = (next: Conduct['call']) => {
    // An answer may come when another page has this place, and another entry of the history.
    if (!here.current) return
    keep({ calling: next === 'wanted' })
    setCalling(next)
  }
  const room = useRef<Room | undefined>(undefined)
  useEffect(
    () => () => {
      here.current = false
    },
    [],
  )
  // Ended from another page: the room that is here is the one that can be closed for everyone.
  useEffect(() => {
    if (view.status !== 'finished' || call !== 'wanted') return
    setCall('ending')
    void (room.current?.end() ?? Promise.resolve()).then(() => setCall('none'))
  }, [view.status])
  const taken = (answer: Answer<ClinicianView>) => take(watched, answer)
  // Our door first: whom it lets in no more, the room's would take in again.
  const out = async (how: 'refusals' | 'returns', { guest, name, called = name }: DoorPerson) => {
    const body: Decline = { guest }
    const problem = taken(await post<ClinicianView>(`${path}/${how}`, body))
    if (problem === undefined) room.current?.remove(called)
    return problem
  }
  return {
    call,
    startCall: () => setCall('wanted'),
    setRoom: (next) => {
      room.current = next
    },
    takenOut(name) {
      const person = view.door.find((p) => p.state === 'admitted' && p.called === name)
      if (person !== undefined) void out('returns', person)
    },
    async admit({ guest }) {
      const body: Admission = { guest, identityConfirmed: true }
      const problem = taken(await post<ClinicianView>(`${path}/admissions`, body))
      // Whoever is let in must find somebody in the room.
      if (problem === undefined) setCall('wanted')
      return problem
    },
    decline: (person) => out('refusals', person),
    sendBack: (person) => out('returns', person),
    lock: async (on) => taken(await post<ClinicianView>(`${path}/lock`, { locked: on } satisfies Lock)),
    record: (on) => room.current?.record(on),
    async end() {
      // Who is not in the call does not enter it to end it.
      if (call === 'wanted') setCall('ending')
      const answer = await post<ClinicianView>(`${path}/end`)
      // Only an end that is kept is told to the room: else everyone would be out of a visit that goes on.
      if (answer.ok) await room.current?.end()
      setCall(answer.ok ? 'none' : call)
      if (answer.ok) announce('The visit has ended.')
      return taken(answer)
    },
  }
}

/** Shows what a request brought, or looks again where it was refused; answers what stood in the way. */
function take(watched: Watched<ClinicianView>, answer: Answer<ClinicianView>): Problem | undefined {
  if (answer.ok) watched.put(answer.body)
  else watched.look()
  return answer.ok ? undefined : answer.problem
}
