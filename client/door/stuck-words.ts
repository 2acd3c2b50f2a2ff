// What a clinician reads of somebody whose devices do not do for a call: which, why, and since when.
import type { DeviceTrouble, Hindrance } from '../../server/wire/wire.ts'

const why: Readonly<Record<DeviceTrouble, string>> = {
  denied: 'denied in the browser',
  system: 'closed by the device’s own settings',
  missing: 'not found',
  busy: 'used by another program',
  insecure: 'closed at this address',
  framed: 'closed by the page around the visit',
  incapable: 'of no use: the browser cannot hold a call',
  unknown: 'does not start',
}

/** `camera denied in the browser, microphone not found`; one reason for both is said once. */
function wrong({ camera, microphone }: Hindrance): string | undefined {
  if (camera !== undefined && camera === microphone) return `camera and microphone ${why[camera]}`
  const parts = [
    ...(camera === undefined ? [] : [`camera ${why[camera]}`]),
    ...(microphone === undefined ? [] : [`microphone ${why[microphone]}`]),
  ]
  return parts.length === 0 ? undefined : parts.join(', ')
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const stuckWords = {
  /** Of who is not at the door. */
  here: (hindrance: Hindrance, clock: string) =>
    ['Is here', wrong(hindrance), `since ${clock}`].filter(Boolean).join(', '),
  notHere: (hindrance: Hindrance, clock: string) =>
    ['Was here', wrong(hindrance), `at ${clock}`].filter(Boolean).join(', '),
  /** Of who is at the door. */
  atDoor: (hindrance: Hindrance, clock: string) => capital(`${wrong(hindrance) ?? ''}, since ${clock}`),
  spoke: 'We spoke by telephone',
  byTelephone: 'Asks to speak by telephone',
  notAtDoor: 'Not at the door yet',
}
