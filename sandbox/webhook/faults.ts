// Owns the named things that can go wrong at a webhook's receiver on purpose. Nothing here fails by itself.

/** Every fault with what it does, for people who switch one on. */
export const webhookFaultNames = {
  'hook-500': 'The webhook answers 500',
  'hook-one-in-three': 'The webhook answers every third event 500',
  'hook-404': 'The webhook answers 404, as where the path is wrong',
  'hook-503': 'The webhook answers 503 with Retry-After: two minutes',
  'hook-429': 'The webhook answers 429 with Retry-After: an hour',
  'hook-410': 'The webhook answers 410: it wants no more',
  'hook-redirect': 'The webhook sends us on to an address of its own network',
  'hook-silent': 'The webhook never answers',
  'hook-cut': 'The webhook ends the connection without an answer',
  'hook-endless': 'The webhook takes an event and answers it for as long as somebody reads',
} as const
export type WebhookFault = keyof typeof webhookFaultNames
