// What to say, and what to do, about a camera or a microphone that does not open: in the words of the browser and the system it is in.
import { adviceBy, type Closed } from './advice-on.ts'
import type { Browser } from './browser.ts'

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

export const adviceOn = adviceBy({
  labels,
  browser: (name) => browsers[name],
  inBrowser: {
    'ios-safari': (label) =>
      `Press the small picture at the left of the address. Choose “Website Settings”, then ${label}, then “Allow”. ${again}`,
    ios: (label, its) =>
      `Open the Settings app. Find ${its} among the apps, and switch on ${label}. Then open your visit again.`,
    'android-firefox': (label) =>
      `Press the lock or the shield beside the address. Press “Blocked” beside ${label}, so that it says “Allowed”. ${again}`,
    android: (label) =>
      `Press the small picture at the left of the address. Choose “Permissions”, and switch on ${label}. ${again}`,
    firefox: () =>
      `Press the crossed-out picture at the left of the address. Press the × beside “Blocked”. ${again} When Firefox asks, choose “Allow”.`,
    safari: (label) =>
      `Press “Safari” in the menu at the top of the screen. Choose “Settings for” with the name of this page. Beside ${label} choose “Allow”. ${again}`,
    chrome: (label) => `Press the small picture at the left of the address. Switch on ${label}. ${again}`,
    other: (label) =>
      `Press the small picture beside the address at the top of the browser, and allow ${label}. ${again}`,
  },
  inSystem: {
    mac: (label, its) =>
      `Press the apple at the top left of the screen. Choose “System Settings”, “Privacy & Security”, then ${label}. Switch on ${its}. ${again}`,
    windows: (label, its) =>
      `Open Settings. Choose “Privacy & security”, then ${label}. Switch on all that names apps or ${its}. ${again}`,
    ios: (label, its) => `Open the Settings app. Find ${its} among the apps, and switch on ${label}. ${again}`,
    android: (label, its) =>
      `Open the Settings app. Choose “Apps”, ${its}, “Permissions”, and allow ${label}. ${again}`,
    other: (label, its) => `Open the settings of your device, and let ${its} use ${label}. ${again}`,
  },
  elsewhere: {
    ios: 'Open your visit again in Safari.',
    android: 'Open your visit again in Chrome or Firefox.',
    mac: 'Open your visit again in Safari, Chrome or Firefox.',
    windows: 'Open your visit again in Edge, Chrome or Firefox.',
    other: 'Open your visit again in Chrome or Firefox.',
  },
  denied: (closed) => `Your browser does not let us use your ${names[closed]}.`,
  system: (closed, its) => `Your device does not let ${its} use your ${names[closed]}.`,
  missing: (closed) => (closed === 'both' ? 'We found no camera and no microphone.' : `We found no ${names[closed]}.`),
  missingBuiltIn: 'Start your device again, then open your visit again. Or go on by telephone.',
  missingToPlug: `If you have one, plug it in. ${again}`,
  busy: (closed) => ({
    title: `Your ${names[closed]} ${closed === 'both' ? 'are' : 'is'} in use.`,
    todo: `Another program uses ${closed === 'both' ? 'them' : 'it'}. Close other video calls. ${again}`,
  }),
  insecure: {
    title: 'A video call cannot be held at this address.',
    todo: 'The address of this page must begin with “https”. Please tell the clinic.',
  },
  incapable: 'This browser cannot hold a video call.',
  framed: (closed) => ({
    title: `The page around this one keeps your ${names[closed]} closed.`,
    todo: 'Open the visit in its own window.',
  }),
  unknown: (closed) => ({
    title: `Your ${names[closed]} did not start.`,
    todo: 'Press “Try again”. If it does not help, start your device again.',
  }),
})

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
