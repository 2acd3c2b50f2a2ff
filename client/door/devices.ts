// Opens camera and microphone, and says in one word each why one does not open.
// Refuses to guess: when both together fail, each is tried alone, so that the right one is named.
import type { DeviceTrouble } from '../../server/wire/wire.ts'
import type { Picked } from '../base/page-state.ts'
import type { Device } from '../frame/framed.ts'

/** What was found: an open track, or why there is none. */
export type Found = Readonly<Record<Device, MediaStreamTrack | DeviceTrouble>>

/** What keeps a call from this page altogether, whatever its devices do: known before anybody is asked for one. */
export function obstacle(): DeviceTrouble | undefined {
  if (!window.isSecureContext) return 'insecure'
  // The window that another app shows, or a browser that is too old.
  return 'RTCPeerConnection' in window && navigator.mediaDevices !== undefined ? undefined : 'incapable'
}

/** Nothing of it is mended by trying again. */
export const isLasting = (found: Found): boolean => found.camera === 'insecure' || found.camera === 'incapable'

/** Opens both; asks the person through the browser if need be. */
export async function openDevices(picked: Picked = {}): Promise<Found> {
  const why = obstacle()
  if (why !== undefined) return { camera: why, microphone: why }
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

async function openOne(device: Device, want: MediaStreamConstraints): Promise<MediaStreamTrack | DeviceTrouble> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(want)
    return stream.getTracks()[0] ?? 'unknown'
  } catch (refused) {
    try {
      return await (await import('./cause.ts')).causeHere(device, refused)
    } catch {
      return 'unknown' // What tells the causes apart did not come.
    }
  }
}

const chosen = (id: string | undefined): MediaTrackConstraints | true =>
  id === undefined ? true : { deviceId: { ideal: id } }

export function close(found: Found): void {
  for (const track of [found.camera, found.microphone]) if (typeof track !== 'string') track.stop()
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
