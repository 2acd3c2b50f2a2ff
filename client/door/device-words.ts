// What to say, and what to do, about a camera or a microphone that does not open.
import type { Device } from '../frame/framed.ts'
import type { Cause } from './devices.ts'

export type Advice = { readonly title: string; readonly todo: string }

/** Plain words for one device's trouble. */
export function advice(device: Device, cause: Cause): Advice {
  switch (cause) {
    case 'denied':
      return {
        title: `Your browser does not let us use your ${device}`,
        todo: `Press the small picture beside the address at the top of the browser, and allow the ${device}. Then press “Try again”.`,
      }
    case 'missing':
      return { title: `We found no ${device}`, todo: `If you have one, plug it in. Then press “Try again”.` }
    case 'busy':
      return {
        title: `Your ${device} is in use`,
        todo: `Another program uses it. Close other video calls. Then press “Try again”.`,
      }
    case 'insecure':
      return {
        title: `Your browser keeps the ${device} closed on this page`,
        todo: 'The address of this page must begin with “https”. Please tell the clinic.',
      }
    case 'framed':
      return {
        title: `The page around this one keeps your ${device} closed`,
        todo: 'Open the visit in its own window.',
      }
    case 'unknown':
      return {
        title: `Your ${device} did not start`,
        todo: 'Press “Try again”. If it does not help, start your device again.',
      }
  }
}

/** What it means to go on without one. */
export const without: Readonly<Record<Device, string>> = {
  camera: 'Your clinician will hear you but not see you.',
  microphone: 'Your clinician will see you but not hear you. You can write in the chat.',
}
