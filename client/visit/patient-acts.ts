// What a person on the patient's side does at a visit before its call. Each answers what stood in the way.
import type {
  ChooseNotices,
  GiveConsent,
  Knock,
  LeaveDoor,
  PatientView,
  StepAway,
  TellDevices,
} from '../../server/wire/wire.ts'
import { passing, post } from '../base/api.ts'
import type { Watched } from '../base/live.ts'
import type { Leaving } from '../ui/sign-out.tsx'

/** What only this page knows: whether the person walked away, or wants to knock again. */
export type Wish = 'none' | 'away' | 'again'

export function patientActs(path: string, watched: Watched<PatientView>, setWish: (wish: Wish) => void) {
  const send = async (to: string, body: object, isDone: boolean) => {
    const answer = await post<PatientView>(`${path}/${to}`, body)
    if (!answer.ok) return answer.problem
    if (isDone) setWish('none')
    watched.put(answer.body)
    return undefined
  }
  /** Who is in no visit any more has left it, too. */
  const depart = async (at: Leaving['at']) => {
    const answer = await post(`${path}/departures`, (at === 'call' ? { fromCall: true } : {}) satisfies LeaveDoor)
    return answer.ok || !passing(answer.problem) ? undefined : answer.problem
  }
  return {
    agree: (read: GiveConsent) => send('consent', read, true),
    withdraw: () => send('consent/withdrawal', {}, true),
    knock: (body: Knock) => send('knocks', body, true),
    tell: (devices: TellDevices) => send('devices', devices, devices.byTelephone === true),
    cannot: () => send('devices', { cannotCome: true } satisfies TellDevices, true),
    notices: (choice: ChooseNotices) => send('notices', choice, false),
    step: (where: StepAway['where']) => send('step-away', { where } satisfies StepAway, false),
    /** Of who is in no place yet: nothing can be lost by it. */
    giveUp: () => {
      setWish('away')
      void post(`${path}/departures`).then(watched.look)
    },
    leave: async () => {
      const problem = await depart('door')
      if (problem !== undefined) return problem
      setWish('away')
      watched.look()
      return undefined
    },
    depart,
  }
}
