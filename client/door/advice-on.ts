// Which advice fits a camera or a microphone that does not open: by what is in the way, and by the browser and the system it is in. Each language brings
// its own sentences (device-words.ts), and chooses nothing.
import type { DeviceTrouble } from '../../server/wire/wire.ts'
import type { Browser } from './browser.ts'

/** What does not open, and for one reason. */
export type Closed = 'camera' | 'microphone' | 'both'
type Advice = { readonly title: string; readonly todo: string }
type Name = Browser['name']
type System = Browser['system']

/** `label`: what is to be switched on, as browsers and systems write it; `its`: the browser, by the name people know it by. */
type SwitchOn = (label: string, its: string) => string
type Page = 'ios-safari' | 'ios' | 'android-firefox' | 'android' | 'firefox' | 'safari' | 'chrome' | 'other'

export type DeviceWords = {
  readonly labels: Readonly<Record<Closed, string>>
  browser(name: Name): string
  /** Where the browser itself lets a page use a device again. */
  readonly inBrowser: Readonly<Record<Page, SwitchOn>>
  /** Where the system lets the browser use a device again. */
  readonly inSystem: Readonly<Record<System, SwitchOn>>
  /** Where a video call can be held. */
  readonly elsewhere: Readonly<Record<System, string>>
  denied(closed: Closed): string
  system(closed: Closed, its: string): string
  missing(closed: Closed): string
  /** A phone or a tablet has them built in. */
  readonly missingBuiltIn: string
  readonly missingToPlug: string
  busy(closed: Closed): Advice
  readonly insecure: Advice
  readonly incapable: string
  framed(closed: Closed): Advice
  unknown(closed: Closed): Advice
}

/** Where a page's own permissions stand: each browser has them elsewhere, and on iOS all but Safari have none. */
function pageOf({ name, system }: Browser): Page {
  if (system === 'ios') return name === 'safari' ? 'ios-safari' : 'ios'
  if (system === 'android') return name === 'firefox' ? 'android-firefox' : 'android'
  if (name === 'edge') return 'chrome'
  return name === 'samsung' ? 'other' : name
}

/** What is wrong with what does not open, and what to do about it, in these words. */
export const adviceBy =
  (words: DeviceWords) =>
  (closed: Closed, trouble: DeviceTrouble, browser: Browser): Advice => {
    const [label, its] = [words.labels[closed], words.browser(browser.name)]
    const isBuiltIn = browser.system === 'ios' || browser.system === 'android'
    switch (trouble) {
      case 'denied':
        return { title: words.denied(closed), todo: words.inBrowser[pageOf(browser)](label, its) }
      case 'system':
        return { title: words.system(closed, its), todo: words.inSystem[browser.system](label, its) }
      case 'missing':
        return { title: words.missing(closed), todo: isBuiltIn ? words.missingBuiltIn : words.missingToPlug }
      case 'insecure':
        return words.insecure
      case 'incapable':
        return { title: words.incapable, todo: words.elsewhere[browser.system] }
      default:
        return words[trouble](closed)
    }
  }
