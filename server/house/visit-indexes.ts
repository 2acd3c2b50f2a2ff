// By what visits are found beside their own id: by their clinicians and days, by what is left to do, by what goes on.
import { isUnsaid } from '../domain/visit/outcome.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { attendedOn, dayInUtc } from './attended-on.ts'
import { keysOfPractitioners } from './queues.ts'

/**
 * By the clinicians of a visit, and by the days on which somebody came to its door, asked to speak by telephone, tried it while locked, or its
 * call began, while they are there: their day must show it, whatever the EHR lists. One that nobody ever ended is looked at no more once those days are over.
 */
const attended = (visit: Visit) => {
  if (!('call' in visit)) return []
  const { door, hindered = [], tried = [] } = visit.call
  const asked = hindered.filter(({ byTelephone }) => byTelephone).map(({ since }) => since)
  const since = [...door.map(({ knockedAt }) => knockedAt), ...asked, ...tried.map(({ triedAt }) => triedAt)]
  const all = visit.status === 'in-progress' ? [...since, visit.startedAt] : since
  return [...new Set(all.map(dayInUtc))].flatMap((day) => keysOfPractitioners(visit).map((who) => attendedOn(who, day)))
}

/** By the clinicians of a visit of which one of them has yet to say what happened: it stands on their day until then. */
const unsaid = (visit: Visit) => (isUnsaid(visit) ? keysOfPractitioners(visit) : [])

/** By the clinicians of a visit that has ended, and the day on which it did: their pace on a day is known by it. */
const ended = (visit: Visit) =>
  visit.status === 'finished' && visit.neverBegan === undefined
    ? keysOfPractitioners(visit).map((who) => attendedOn(who, dayInUtc(visit.finishedAt)))
    : []

/** Every visit whose call was begun and that nobody has ended. */
const unended = (visit: Visit) => (visit.status === 'in-progress' ? ['yes'] : [])

/** By the organisation, every visit at whose door somebody waits. */
const waiting = (visit: Visit) =>
  'call' in visit && visit.call.door.some(({ state }) => state === 'waiting') ? [visit.organisation] : []

export const visitIndexes = { practitioner: keysOfPractitioners, attended, unsaid, ended, unended, waiting }
