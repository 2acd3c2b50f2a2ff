// A clinician writes to somebody who waits, and their page says that it shows it.
// Refuses to write to who has left, or has been silent for so long that their place was not kept.
import { Refusal } from '../domain/errors.ts'
import { messaged, messagesShown } from '../domain/visit/messages.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { presenceAt } from '../house/silence.ts'
import { seenBy } from '../house/views.ts'
import type { MessagesShown, SendMessage } from '../wire/messages.ts'
import type { Done, VisitSeen } from './step.ts'

/** Kept with the visit, and gone with it. The trail has which of the ready sentences it was, never what somebody wrote. */
export async function sendMessage(house: House, caller: AtVisit, { doorId, says }: SendMessage): Promise<VisitSeen> {
  const now = house.now()
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => {
    const person = 'call' in v ? v.call.door.find((p) => p.doorId === doorId) : undefined
    if (person?.state === 'waiting' && presenceAt(house.memory, v.id, person, now).is === 'gone')
      throw new Refusal('not-at-door')
    return messaged(v, doorId, says, caller.person.who, now)
  })
  await house.happened(caller, 'message-sent', { doorId, code: 'reason' in says ? says.reason : 'own-words' })
  return seenBy(house, caller, visit)
}

/** Only their own page says so: what was sent is not what was shown. */
export async function tellMessagesShown(house: House, caller: AtVisit, { upTo }: MessagesShown): Promise<Done> {
  const now = house.now()
  await house.changeVisit(caller.visit.id, (v) => messagesShown(v, caller.person.who, upTo, now))
  return {}
}
