// What a clinician reads of somebody whose devices do not do for a call: which, why, and since when.
import type { DeviceTrouble, Hindrance } from '../../server/wire/wire.ts'

/** Of one device, and of both. */
const why: Readonly<Record<DeviceTrouble, readonly [one: string, both: string]>> = {
  denied: ['is blocked in their browser', 'are blocked in their browser'],
  system: ['is closed by the settings of their device', 'are closed by the settings of their device'],
  missing: ['was not found', 'were not found'],
  busy: ['is used by another program', 'are used by another program'],
  insecure: ['is closed at this address', 'are closed at this address'],
  framed: ['is closed by the page around the visit', 'are closed by the page around the visit'],
  incapable: ['is of no use: their browser cannot hold a call', 'are of no use: their browser cannot hold a call'],
  unknown: ['does not start', 'do not start'],
}

/** `their camera is blocked in their browser, and their microphone was not found`; one reason for both is said once. */
function wrong({ camera, microphone }: Hindrance): string | undefined {
  if (camera !== undefined && camera === microphone) return `their camera and microphone ${why[camera][1]}`
  const parts = [
    ...(camera === undefined ? [] : [`their camera ${why[camera][0]}`]),
    ...(microphone === undefined ? [] : [`their microphone ${why[microphone][0]}`]),
  ]
  return parts.length === 0 ? undefined : parts.join(', and ')
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
/** What is wrong since then, as a sentence; of who asked for something then, that alone. */
const sinceThen = (hindrance: Hindrance, clock: string): string => {
  const what = wrong(hindrance)
  if (hindrance.cannotCome) return `Told at ${clock}.`
  return what === undefined ? `Asked at ${clock}.` : `${capital(what)}. Told at ${clock}.`
}

export const stuckWords = {
  /** Of who is not at the door. */
  here: (hindrance: Hindrance, clock: string) => `Is here now. ${sinceThen(hindrance, clock)}`,
  notHere: (hindrance: Hindrance, clock: string) =>
    `${hindrance.byTelephone || hindrance.cannotCome ? 'Their page is not open now. ' : ''}${sinceThen(hindrance, clock)}`,
  /** Of who is at the door. */
  atDoor: sinceThen,
  spoke: 'We spoke by telephone',
  byTelephone: 'Asks to speak by telephone',
  cannotCome: 'Says that they cannot make it',
  decide: 'Say what became of it',
  notAtDoor: 'Not at the door yet',
}
