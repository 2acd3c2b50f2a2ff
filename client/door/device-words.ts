// What to say, and what to do, about a camera or a microphone that does not open: in the words of the browser and the system it is in.
import type { DeviceTrouble } from '../../server/wire/wire.ts'
import type { Browser } from './browser.ts'

/** What does not open, and for one reason. */
export type Closed = 'camera' | 'microphone' | 'both'
type Advice = { readonly title: string; readonly todo: string }

const names: Readonly<Record<Closed, string>> = {
  camera: 'camera',
  microphone: 'microphone',
  both: 'camera and your microphone',
}
/** As browsers and systems write them. */
const labels: Readonly<Record<Closed, string>> = {
  camera: '“Camera”',
  microphone: '“Microphone”',
  both: '“Camera” and “Microphone”',
}

/** By the name people know it by. */
const browsers: Readonly<Record<Browser['name'], string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  other: 'your browser',
}

const again = 'Then press “Try again”.'

/** Where the browser itself lets a page use a device again. */
function allowInBrowser(closed: Closed, { name, system }: Browser): string {
  const label = labels[closed]
  if (system === 'ios' && name === 'safari')
    return `Press the small picture at the left of the address. Choose “Website Settings”, then ${label}, then “Allow”. ${again}`
  if (system === 'ios')
    return `Open the Settings app. Find ${browsers[name]} among the apps, and switch on ${label}. Then open your visit again.`
  if (system === 'android' && name === 'firefox')
    return `Press the lock or the shield beside the address. Press “Blocked” beside ${label}, so that it says “Allowed”. ${again}`
  if (system === 'android')
    return `Press the small picture at the left of the address. Choose “Permissions”, and switch on ${label}. ${again}`
  if (name === 'firefox')
    return `Press the crossed-out picture at the left of the address. Press the × beside “Blocked”. ${again} When Firefox asks, choose “Allow”.`
  if (name === 'safari')
    return `Press “Safari” in the menu at the top of the screen. Choose “Settings for” with the name of this page. Beside ${label} choose “Allow”. ${again}`
  if (name === 'chrome' || name === 'edge')
    return `Press the small picture at the left of the address. Switch on ${label}. ${again}`
  return `Press the small picture beside the address at the top of the browser, and allow ${label}. ${again}`
}

/** Where the system lets the browser use a device again. */
function allowInSystem(closed: Closed, { name, system }: Browser): string {
  const label = labels[closed]
  const its = browsers[name]
  switch (system) {
    case 'mac':
      return `Press the apple at the top left of the screen. Choose “System Settings”, “Privacy & Security”, then ${label}. Switch on ${its}. ${again}`
    case 'windows':
      return `Open Settings. Choose “Privacy & security”, then ${label}. Switch on all that names apps or ${its}. ${again}`
    case 'ios':
      return `Open the Settings app. Find ${its} among the apps, and switch on ${label}. ${again}`
    case 'android':
      return `Open the Settings app. Choose “Apps”, ${its}, “Permissions”, and allow ${label}. ${again}`
    case 'other':
      return `Open the settings of your device, and let ${its} use ${label}. ${again}`
  }
}

const elsewhere: Readonly<Record<Browser['system'], string>> = {
  ios: 'Open your visit again in Safari.',
  android: 'Open your visit again in Chrome or Firefox.',
  mac: 'Open your visit again in Safari, Chrome or Firefox.',
  windows: 'Open your visit again in Edge, Chrome or Firefox.',
  other: 'Open your visit again in Chrome or Firefox.',
}

type Say = (closed: Closed, browser: Browser) => Advice

const say: Readonly<Record<DeviceTrouble, Say>> = {
  denied: (closed, browser) => ({
    title: `Your browser does not let us use your ${names[closed]}.`,
    todo: allowInBrowser(closed, browser),
  }),
  system: (closed, browser) => ({
    title: `Your device does not let ${browsers[browser.name]} use your ${names[closed]}.`,
    todo: allowInSystem(closed, browser),
  }),
  missing: (closed, { system }) => ({
    title: closed === 'both' ? 'We found no camera and no microphone.' : `We found no ${names[closed]}.`,
    // A phone or a tablet has them built in.
    todo:
      system === 'ios' || system === 'android'
        ? 'Start your device again, then open your visit again. Or go on by telephone.'
        : `If you have one, plug it in. ${again}`,
  }),
  busy: (closed) => ({
    title: `Your ${names[closed]} ${closed === 'both' ? 'are' : 'is'} in use.`,
    todo: `Another program uses ${closed === 'both' ? 'them' : 'it'}. Close other video calls. ${again}`,
  }),
  insecure: () => ({
    title: 'A video call cannot be held at this address.',
    todo: 'The address of this page must begin with “https”. Please tell the clinic.',
  }),
  incapable: (_closed, { system }) => ({ title: 'This browser cannot hold a video call.', todo: elsewhere[system] }),
  framed: (closed) => ({
    title: `The page around this one keeps your ${names[closed]} closed.`,
    todo: 'Open the visit in its own window.',
  }),
  unknown: (closed) => ({
    title: `Your ${names[closed]} did not start.`,
    todo: 'Press “Try again”. If it does not help, start your device again.',
  }),
}

/** What is wrong with what does not open, and what to do about it. */
export const adviceOn = (closed: Closed, trouble: DeviceTrouble, browser: Browser): Advice =>
  say[trouble](closed, browser)

/** What it means to go on without the one that does not open. */
export const without: Readonly<Record<Exclude<Closed, 'both'>, string>> = {
  camera: 'You can also go on without it. Your clinician will hear you but not see you.',
  microphone: 'You can also go on without it. Your clinician will see you but not hear you.',
}

/** What stands in the pictures: a line of the settings, and the menu of a Mac. */
export const pictureWords: Readonly<Record<Closed | 'safari', string>> = {
  camera: 'Camera',
  microphone: 'Microphone',
  both: 'Camera',
  safari: 'Safari',
}
