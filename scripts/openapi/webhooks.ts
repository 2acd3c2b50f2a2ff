// What an organisation's webhook is told, as OpenAPI says it: one entry an event, each by the one schema, with the headers of Standard Webhooks.
import type { WebhookEventType } from '../../server/domain/webhook/event-types.ts'
import { WebhookEvent, WebhookTest } from '../../server/wire/webhook.ts'
import type { Schema } from './reply-types.ts'
import { jsonBody } from './requests.ts'

const says: Readonly<Record<WebhookEventType, string>> = {
  'visit.opened': 'Somebody has opened the visit: `by` says on which side.',
  'visit.invited': 'Somebody is invited to the visit by a link: a guest, an interpreter or a colleague.',
  'visit.invitation_renewed': 'An invitation has a new link; the old one is good for nothing.',
  'visit.invitation_opened': 'Whoever was invited has opened the invitation: `by` says as what.',
  'visit.invitation_revoked': 'An invitation is taken back.',
  'visit.waiting': 'Somebody waits at the door: `by` says as what.',
  'consent.given': "Somebody has agreed to telehealth by the clinic's text: `by` says on which side.",
  'consent.withdrawn': 'Somebody has taken their agreement to telehealth back, and has left the door or the call.',
  'visit.telephone_asked': 'Somebody would rather speak by telephone.',
  'visit.away': 'Somebody who waits says that they are away for a while; their place is kept.',
  'visit.back': 'Somebody who was away, or gone, is back.',
  'visit.cannot_come': 'Somebody says that they cannot come.',
  'visit.unanswered':
    'Somebody waits, and for as long as the clinic has set (`unansweredMinutes`) nobody of it has looked at the visit.',
  'visit.left': 'Somebody has left the door, or the call.',
  'visit.asked_to_wait': 'A clinician asked somebody who waits for patience.',
  'visit.message_sent': 'A clinician has written to somebody who waits; what, is not told.',
  'visit.declined': 'A clinician has turned somebody away.',
  'visit.admitted': 'A clinician has let somebody in.',
  'visit.sent_back': 'A clinician has sent somebody back from the call to the waiting room.',
  'visit.call_joined': "Somebody is in the call, by the word of Jitsi's server (`HOUSECALL_JITSI_EVENTS_…`).",
  'visit.call_left': "Somebody has left the call, by the word of Jitsi's server.",
  'visit.call_closed': "The call's room is empty, by the word of Jitsi's server; the visit goes on.",
  'visit.ended': 'A clinician has ended the visit.',
  'visit.reopened': 'An ended visit is opened again.',
  'visit.outcome_said': 'A clinician has said what happened in a visit in which nobody was met, `outcome`.',
  'visit.cancelled': 'The EHR says that the Appointment is cancelled, and the visit with it.',
  'visit.moved': 'The EHR says another time than before.',
  'note.signed': 'The note is signed.',
  'note.filed': 'The note is in the chart.',
  'note.not_filed': 'The note did not get into the chart: the EHR refused it, or could not be asked.',
  'note.filing_unknown': 'Whether the note is in the chart is not known: the EHR did not answer.',
  'note.amended': 'A signed note is being amended.',
  'note.marked_in_error': 'The note in the chart is marked as a mistake.',
}

const header = (name: string, description: string) => ({
  ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
})

const parameters = [
  header('webhook-id', 'The same at every attempt: whoever has had it has had the event.'),
  header(
    'webhook-timestamp',
    'When this attempt was made, in whole seconds since 1970. Refuse what is five minutes off.',
  ),
  header(
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, one for each secret with blanks between.',
  ),
]

const responses = {
  '2XX': { description: 'Taken. Anything else is tried again, in order, for about a day; nobody is followed.' },
  410: { description: 'No more: the webhook is switched off.' },
  429: { description: 'Busy; `Retry-After` is obeyed, as with 503.' },
}

export function webhooksOf(taken: Map<string, Schema>) {
  const told = (description: string, schema: typeof WebhookEvent | typeof WebhookTest) => ({
    post: { tags: ['webhooks'], description, parameters, requestBody: jsonBody(schema, taken), responses },
  })
  return {
    ...Object.fromEntries(Object.entries(says).map(([type, description]) => [type, told(description, WebhookEvent)])),
    'webhook.test': told('`npm run hooks -- try <organisation>`: of no visit.', WebhookTest),
  }
}
