// One piece of work on a note at a time, whether it looks for it, sends it, marks it or opens it again; and the lease under which one
// process sends while all the others see it.
// Refuses (`filing-under-way`) whoever comes meanwhile. A process that was taken for dead, and lives, sends nothing more.
import { Refusal } from '../domain/errors.ts'
import type { VisitId } from '../domain/ids.ts'
import { type Lease, renewSeconds } from '../domain/note/lease.ts'
import { filingInterrupted, isSending, leaseEnded, leaseRenewed, type Note } from '../domain/note/note.ts'
import { requireIdentified } from '../domain/visit/identity.ts'
import { isUnsaid } from '../domain/visit/outcome.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { Ehr } from '../outside/ehr/ehr.ts'

/**
 * Runs `work` while nobody else is at work on this visit's note, with the visit as it is then: what happened in it may have been said a moment
 * ago. Refuses `visit-not-finished`, `filing-under-way`, `outcome-unsaid`: where the note goes depends on what happened; and
 * `identity-unconfirmed`: it goes under nobody who was not there.
 */
export async function oneFilingAtATime<C extends AtVisit, T>(
  house: House,
  caller: C,
  work: (caller: C) => Promise<T>,
): Promise<T> {
  if (caller.visit.status !== 'finished') throw new Refusal('visit-not-finished')
  return oneAtATime(house, caller.visit.id, async () => {
    const visit = (await house.visits.get(caller.visit.id)) ?? caller.visit
    if (isUnsaid(visit)) throw new Refusal('outcome-unsaid')
    requireIdentified(visit)
    return work({ ...caller, visit })
  })
}

/** The same, also while the visit goes on; refuses `filing-under-way`. */
export async function oneAtATime<T>(house: House, id: VisitId, work: () => Promise<T>): Promise<T> {
  // Before anything is awaited: from here on the note is this one's.
  const done = house.memory.notesInWork.take(id)
  if (done === undefined) throw new Refusal('filing-under-way')
  try {
    return await work()
  } finally {
    done()
  }
}

/** The note with what was cut short called unknown; refuses `filing-under-way` while another process sends a text of it. */
export async function settledNote(house: House, id: VisitId): Promise<Note | undefined> {
  if ((await house.notes.get(id)) === undefined) return undefined
  const now = house.now()
  const { after: note } = await house.notes.change(id, (n) => filingInterrupted(n, house.holder, now))
  if (isSending(note)) throw new Refusal('filing-under-way')
  return note
}

/**
 * Runs `send`, and renews the lease meanwhile. `gated` makes an EHR to which nothing more is written once the text is no longer pending
 * under this lease: another process took this one for dead, or a late answer said that the note is there.
 */
export async function underLease<T>(
  house: House,
  id: VisitId,
  lease: Lease,
  send: (gated: (ehr: Ehr) => Ehr) => Promise<T>,
): Promise<T> {
  const goesOn = async () => {
    const now = house.now()
    const { after } = await house.notes.change(id, (n) => leaseRenewed(n, lease, now))
    return isSending(after, lease)
  }
  // Without the store a lease is neither renewed nor given back: then it runs out, and what came of the sending counts all the same.
  const logged = (cause: unknown) => house.log.error('store-fault', {}, cause)
  const stop = house.every(renewSeconds * 1000, () => void goesOn().catch(logged))
  const gated = (ehr: Ehr): Ehr => ({
    ...ehr,
    write: async (write) => ((await goesOn()) ? ehr.write(write) : { outcome: 'not-sent' }),
  })
  try {
    return await send(gated)
  } finally {
    stop()
    const now = house.now()
    await house.notes.change(id, (n) => leaseEnded(n, lease, now)).catch(logged)
  }
}
