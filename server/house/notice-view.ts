// What a patient's page says of the mail about their visit: whether it is on, and to which address, as much of it as its owner knows it by.
import { mayTell } from '../domain/notice/hour.ts'
import { hasBegun } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type { NoticesView } from '../wire/notices.ts'

/** Nothing where nobody can be written to, or there is nothing more to tell. */
export function noticesView({ mail }: Organisation, visit: Visit): { readonly notices?: NoticesView } {
  const to = visit.face.mail
  if (mail === undefined || to === undefined || visit.status === 'cancelled' || hasBegun(visit)) return {}
  return { notices: { mail: { to: masked(to), on: mayTell(visit, 'mail', mail.to) } } }
}

/** Whoever looks over a shoulder learns no address. */
const masked = (address: string): string => {
  const [name = '', host = ''] = address.split('@')
  return `${name.slice(0, 1)}…@${host}`
}
