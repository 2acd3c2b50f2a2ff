// The patient's side says whether they want to be told of this visit by mail. Refuses nothing: where nobody writes to them, it is kept and means nothing.
import { wished } from '../domain/notice/hour.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { seenBy } from '../house/views.ts'
import type { ChooseNotices } from '../wire/notices.ts'
import type { VisitSeen } from './step.ts'

export async function chooseNotices(house: House, caller: AtVisit, { mail }: ChooseNotices): Promise<VisitSeen> {
  const { before, after: visit } = await house.changeVisit(caller.visit.id, (v) => wished(v, { mail }))
  if (before !== visit) await house.happened(caller, 'notices-chosen', { code: mail ? 'mail-on' : 'mail-off' })
  return seenBy(house, caller, visit)
}
