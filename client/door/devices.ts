// Opens camera and microphone, and says in one word each why one does not open.
// Refuses to guess: when both together fail, each is tried alone, so that the right one is named.
import { allows, type Device, framed } from '../frame/framed.ts'

export type Cause = 'denied' | 'missing' | 'busy' | 'insecure' | 'framed' | 'unknown'
/** What was found: an open track, or why there is none. */
export type Found = { readonly camera: MediaStreamTrack | Cause; readonly microphone: MediaStreamTrack | Cause }
/** The devices the person picked, by id; none means the browser's choice. */
export type Picked = { readonly camera?: string; readonly microphone?: string }

type Around = {
  readonly secure: boolean
  /** Whether another page is around ours. */
  readonly framed: boolean
  /** Whether that page lets us use the device; undefined where the browser does not tell. */
  readonly allowed?: boolean
}

/** The cause behind a DOMException's name (Media Capture and Streams, 10.1). */
export function causeOf(name: string, { secure, framed, allowed }: Around): Cause {
  if (!secure) return 'insecure'
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return framed && allowed !== true ? 'framed' : 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'unknown'
  }
}

/** Opens both; asks the person through the browser if need be. */
export async function openDevices(picked: Picked = {}): Promise<Found> {
  if (!window.isSecureContext || navigator.mediaDevices === undefined)
    return { camera: 'insecure', microphone: 'insecure' }
  const video = chosen(picked.camera)
  const audio = chosen(picked.microphone)
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video, audio })
    return { camera: stream.getVideoTracks()[0] ?? 'unknown', microphone: stream.getAudioTracks()[0] ?? 'unknown' }
  } catch {
    // One missing device fails both: ask for each alone, and keep what works.
    return { microphone: await openOne('microphone', { audio }), camera: await openOne('camera', { video }) }
  }
}

async function openOne(device: Device, want: MediaStreamConstraints): Promise<MediaStreamTrack | Cause> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(want)
    return stream.getTracks()[0] ?? 'unknown'
  } catch (cause) {
    return causeOf(cause instanceof DOMException ? cause.name : '', around(device))
  }
}

const chosen = (id: string | undefined): MediaTrackConstraints | true =>
  id === undefined ? true : { deviceId: { ideal: id } }

function around(device: Device): Around {
  const allowed = allows(device)
  return { secure: window.isSecureContext, framed: framed(), ...(allowed === undefined ? {} : { allowed }) }
}

export function close(found: Found): void {
  for (const track of [found.camera, found.microphone]) if (typeof track !== 'string') track.stop()
}

/** The cameras and microphones there are, once one may know their names. */
export async function choices(): Promise<Record<Device, readonly MediaDeviceInfo[]>> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  const of = (kind: MediaDeviceKind) => all.filter((d) => d.kind === kind && d.label !== '')
  return { camera: of('videoinput'), microphone: of('audioinput') }
}

/** Whether the person has allowed both before, so that no question will come up. */
export async function alreadyAllowed(): Promise<boolean> {
  try {
    const names = ['camera', 'microphone'] as const
    // Some browsers do not know these names: then the question comes up after the person pressed the button.
    const asked = await Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName })))
    return asked.every(({ state }) => state === 'granted')
  } catch {
    return false
  }
}
