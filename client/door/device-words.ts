// What to say, and what to do, about a camera or a microphone that does not open.
import type { Device } from '../frame/framed.ts'
import type { Cause } from './devices.ts'

type Advice = { readonly title: string; readonly todo: string }
type DeviceWords = Readonly<Record<Cause, Advice>> & {
  /** What it means to go on without it. */
  readonly without: string
}

const another = 'Another program uses it. Close other video calls. Then press “Try again”.'
const restart = 'Press “Try again”. If it does not help, start your device again.'
const missing = 'If you have one, plug it in. Then press “Try again”.'
const insecure = 'The address of this page must begin with “https”. Please tell the clinic.'
const framed = 'Open the visit in its own window.'

/** Plain words for one device's trouble. */
export const deviceWords: Readonly<Record<Device, DeviceWords>> = {
  camera: {
    denied: {
      title: 'Your browser does not let us use your camera.',
      todo: 'Press the small picture beside the address at the top of the browser, and allow the camera. Then press “Try again”.',
    },
    missing: { title: 'We found no camera.', todo: missing },
    busy: { title: 'Your camera is in use.', todo: another },
    insecure: { title: 'Your browser keeps the camera closed on this page.', todo: insecure },
    framed: { title: 'The page around this one keeps your camera closed.', todo: framed },
    unknown: { title: 'Your camera did not start.', todo: restart },
    without: 'You can also go on without it. Your clinician will hear you but not see you.',
  },
  microphone: {
    denied: {
      title: 'Your browser does not let us use your microphone.',
      todo: 'Press the small picture beside the address at the top of the browser, and allow the microphone. Then press “Try again”.',
    },
    missing: { title: 'We found no microphone.', todo: missing },
    busy: { title: 'Your microphone is in use.', todo: another },
    insecure: { title: 'Your browser keeps the microphone closed on this page.', todo: insecure },
    framed: { title: 'The page around this one keeps your microphone closed.', todo: framed },
    unknown: { title: 'Your microphone did not start.', todo: restart },
    without: 'You can also go on without it. Your clinician will see you but not hear you. You can write in the chat.',
  },
}
