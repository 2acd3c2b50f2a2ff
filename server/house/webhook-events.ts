// Which lines of the audit trail are told to the outside, and as what. A line that is not named here is not told: it has references of people in
// it, and of each new one somebody must decide. Refuses nothing.
import { given } from '../domain/given.ts'
import type { AppointmentId } from '../domain/ids.ts'
import { happenings } from '../domain/visit/visit-shape.ts'
import type { WebhookEventType } from '../domain/webhook/event-types.ts'
import type { TrailLine } from '../outside/record/trail-reader.ts'
import type { WebhookEvent } from '../wire/webhook.ts'

type Named<T> = Readonly<Partial<Record<TrailLine['event'], T>>>

const told: Named<WebhookEventType> = {
  'appointment-opened': 'visit.opened',
  invited: 'visit.invited',
  'invitation-sent-anew': 'visit.invitation_renewed',
  'invitation-opened': 'visit.invitation_opened',
  'invitation-revoked': 'visit.invitation_revoked',
  'consent-given': 'consent.given',
  'consent-withdrawn': 'consent.withdrawn',
  knock: 'visit.waiting',
  'telephone-asked': 'visit.telephone_asked',
  'stepped-away': 'visit.away',
  'stepped-back': 'visit.back',
  'came-back': 'visit.back',
  'cannot-come-said': 'visit.cannot_come',
  'waiting-unanswered': 'visit.unanswered',
  left: 'visit.left',
  'not-now': 'visit.asked_to_wait',
  'message-sent': 'visit.message_sent',
  refuse: 'visit.declined',
  admit: 'visit.admitted',
  'send-back': 'visit.sent_back',
  'call-joined': 'visit.call_joined',
  'call-left': 'visit.call_left',
  'call-closed': 'visit.call_closed',
  'visit-ended': 'visit.ended',
  'visit-reopened': 'visit.reopened',
  'outcome-said': 'visit.outcome_said',
  'note-signed': 'note.signed',
  'note-amended': 'note.amended',
  'note-marked-in-error': 'note.marked_in_error',
}
/** What one event is, its code says; with any other code it is not told. */
const toldByCode: Named<Readonly<Partial<Record<string, WebhookEventType>>>> = {
  'appointment-changed': { cancelled: 'visit.cancelled', moved: 'visit.moved' },
  'note-filing': { filed: 'note.filed', 'not-filed': 'note.not_filed', unknown: 'note.filing_unknown' },
}

/** Undefined for what is not told: what was refused to somebody, what is of no visit, and all that is not named above. */
export function webhookTypeOf({ event, outcome, code = '', visit }: TrailLine): WebhookEventType | undefined {
  if (visit === undefined) return undefined
  return toldByCode[event]?.[code] ?? (outcome === 'success' ? told[event] : undefined)
}

/** `appointment`: where the organisation wants it said. */
export function webhookEventOf(line: TrailLine, type: WebhookEventType, appointment?: AppointmentId): WebhookEvent {
  const outcome = happenings.find((one) => type === 'visit.outcome_said' && one === line.code)
  const about = appointment === undefined ? {} : given({ appointment: `Appointment/${appointment}`, base: line.base })
  return {
    type,
    timestamp: line.at,
    data: {
      organisation: line.organisation,
      visit: line.visit ?? '',
      ...given({ by: sideOf(line), outcome }),
      ...about,
    },
  }
}

/** Of what Jitsi's server tells, the reference says on which side somebody is; it goes no further. */
function sideOf({ role, who = '' }: TrailLine): WebhookEvent['data']['by'] {
  if (role !== undefined) return role
  const [type = ''] = who.split('/')
  return sidesByReference[type]
}

const sidesByReference: Readonly<Record<string, WebhookEvent['data']['by']>> = {
  Practitioner: 'clinician',
  PractitionerRole: 'clinician',
  Patient: 'patient',
  RelatedPerson: 'representative',
}

/** The `webhook-id`: made of the line, so that who reads it again after a crash gives it no other (and no dot, which the signed text has). */
export const webhookIdOf = ({ hash }: TrailLine): string => `msg_${hash.slice(0, 40)}`
