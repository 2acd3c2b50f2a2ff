// Owns which other browsers than Chromium a visit is walked through in, and where what each needs lies on a Debian machine.
import { isExecutable } from '../support/browser.ts'

type Need = {
  /** The first of these that can be started is used. */
  readonly places: readonly string[]
  /** The variable that names one that is elsewhere. */
  readonly variable?: string
}
type Other = {
  readonly called: string
  readonly needs: Readonly<Record<string, Need>>
  readonly packages: string
}

export const others = {
  firefox: {
    called: 'Firefox',
    needs: { firefox: { places: ['/usr/bin/firefox-esr', '/usr/bin/firefox'], variable: 'FIREFOX' } },
    packages: 'firefox-esr',
  },
  webkit: {
    called: 'WebKit',
    needs: {
      WebKitWebDriver: { places: ['/usr/bin/WebKitWebDriver'], variable: 'WEBKIT_DRIVER' },
      Xvfb: { places: ['/usr/bin/Xvfb'] },
    },
    packages: 'webkit2gtk-driver xvfb',
  },
} as const satisfies Readonly<Record<string, Other>>

/** The path of what one of them needs; undefined where it is not installed. */
export function placeOf({ places, variable }: Need): string | undefined {
  const named = variable === undefined ? undefined : process.env[variable]
  return (named === undefined ? places : [named]).find(isExecutable)
}

/** Says in a line that nothing is tried in it, and why; undefined where all is there. */
export function notTried({ called, needs, packages }: Other): string | undefined {
  const lacking = Object.entries(needs).flatMap(([name, need]) => (placeOf(need) === undefined ? [name] : []))
  if (lacking.length === 0) return undefined
  return `${called} was not tried: there is no ${lacking.join(' and no ')} on this machine. On Debian: apt-get install ${packages}`
}
