// Whether a device is refused here before anybody was asked: for browsers that do not tell what a frame allows.
import { allows, framed } from './framed.ts'

/** True in a frame that was told "denied"; where even that cannot be asked, the call shows it. */
export async function deniedInFrame(): Promise<boolean> {
  if (!framed() || allows('camera') !== undefined) return false
  try {
    const names = ['camera', 'microphone'] as const
    const asked = await Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName })))
    return asked.some(({ state }) => state === 'denied')
  } catch {
    return false
  }
}
