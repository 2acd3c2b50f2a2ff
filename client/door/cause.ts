// Why a device did not open: by what its browser said, and by what else can be asked. Comes when one did not.
// Refuses to blame the browser for what the device's own system keeps closed.
import type { DeviceTrouble } from '../../server/wire/wire.ts'
import { devicesHere } from '../base/devices-here.ts'
import { allows, type Device, framed } from '../frame/framed.ts'
import { type Browser, thisBrowser } from './browser.ts'

/** A DOMException's own. */
type Refused = { readonly name: string; readonly message: string }

type Around = {
  /** Whether another page is around ours. */
  readonly framed: boolean
  /** Whether that page lets us use the device; undefined where the browser does not tell. */
  readonly allowed?: boolean
  /** Whether the person lets this page use it, by the browser's own word. */
  readonly granted?: boolean
  /** Whether the browser lists a device of the kind. */
  readonly listed?: boolean
  readonly browser: Browser
}

/** The cause behind a DOMException (Media Capture and Streams, 10.1), as the browsers mean it. */
export function causeOf({ name, message }: Refused, around: Around): DeviceTrouble {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      // Chromium says it ("Permission denied by system"); others only contradict themselves.
      if (/\bby system\b/i.test(message) || around.granted === true) return 'system'
      return around.framed && around.allowed !== true ? 'framed' : 'denied'
    case 'NotFoundError':
      return isHidden(around) ? 'system' : 'missing'
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'unknown'
  }
}

/** Firefox finds none where macOS or Android keeps it closed, though the device is there: macOS lists it, and every phone has one. */
const isHidden = ({ browser: { name, system }, listed }: Around): boolean =>
  name === 'firefox' && (system === 'android' || (system === 'mac' && listed === true))

/** The same, asked of the browser there and then. */
export async function causeHere(device: Device, cause: unknown): Promise<DeviceTrouble> {
  if (!(cause instanceof DOMException)) return 'unknown'
  const allowed = allows(device)
  const [granted, listed] = await Promise.all([isGranted(device), isListed(device)])
  const around = { framed: framed(), granted, listed, browser: thisBrowser() }
  return causeOf(cause, allowed === undefined ? around : { ...around, allowed })
}

async function isGranted(device: Device): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: device as PermissionName })).state === 'granted'
  } catch {
    return false // Some browsers do not know these names.
  }
}

async function isListed(device: Device): Promise<boolean> {
  return (await devicesHere())[device].length > 0
}
