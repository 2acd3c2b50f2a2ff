// Owns the words for why a camera or a microphone is of no use to a call, as a person's own browser tells it.

/**
 * `denied` by the browser, `system` by the device's own system, `framed` by the page around ours. `incapable`: the browser cannot hold a
 * call at all; `insecure`: not at this address.
 */
export const deviceTroubles = [
  'denied',
  'system',
  'missing',
  'busy',
  'insecure',
  'framed',
  'incapable',
  'unknown',
] as const
export type DeviceTrouble = (typeof deviceTroubles)[number]
