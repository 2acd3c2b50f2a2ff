// What the outside may be told of, by name: past tense, with dots between words (Standard Webhooks 1.0.0, "Event types").

/** In the order of a visit. */
export const webhookEventTypes = [
  'visit.opened',
  'visit.waiting',
  'visit.telephone_asked',
  'visit.away',
  'visit.back',
  'visit.cannot_come',
  'visit.left',
  'visit.asked_to_wait',
  'visit.message_sent',
  'visit.declined',
  'visit.admitted',
  'visit.sent_back',
  'visit.call_joined',
  'visit.call_left',
  'visit.call_closed',
  'visit.ended',
  'visit.reopened',
  'visit.outcome_said',
  'visit.cancelled',
  'visit.moved',
  'note.signed',
  'note.filed',
  'note.not_filed',
  'note.filing_unknown',
  'note.amended',
  'note.marked_in_error',
] as const
export type WebhookEventType = (typeof webhookEventTypes)[number]
