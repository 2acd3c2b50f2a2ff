// Which browser this is, and on what system: only to speak of what a person sees there. Refuses to decide anything else by it.

export type Browser = {
  readonly name: 'chrome' | 'edge' | 'firefox' | 'safari' | 'samsung' | 'other'
  readonly system: 'windows' | 'mac' | 'ios' | 'android' | 'other'
}

/** By `navigator.userAgent`. An iPad calls itself a Mac, and alone of them is touched: `fingers` is `navigator.maxTouchPoints`. */
export function browserOf(userAgent: string, fingers: number): Browser {
  return { name: nameOf(userAgent), system: systemOf(userAgent, fingers) }
}

/** The one this page is in. */
export const thisBrowser = (): Browser => browserOf(navigator.userAgent, navigator.maxTouchPoints)

// Each later one also calls itself what stands before it.
function nameOf(userAgent: string): Browser['name'] {
  if (/\b(Edg|EdgA|EdgiOS)\//.test(userAgent)) return 'edge'
  if (/\bSamsungBrowser\//.test(userAgent)) return 'samsung'
  if (/\b(Firefox|FxiOS)\//.test(userAgent)) return 'firefox'
  // The window that an app shows of its own names no browser that a person could find in the settings.
  if (/\bOPR\/|; wv\)/.test(userAgent)) return 'other'
  if (/\b(Chrome|CriOS)\//.test(userAgent)) return 'chrome'
  return userAgent.includes(' Version/') && userAgent.includes(' Safari/') ? 'safari' : 'other'
}

function systemOf(userAgent: string, fingers: number): Browser['system'] {
  if (/\b(iPhone|iPad|iPod)\b/.test(userAgent)) return 'ios'
  if (/\bMacintosh\b/.test(userAgent)) return fingers > 1 ? 'ios' : 'mac'
  if (/\bAndroid\b/.test(userAgent)) return 'android'
  return /\bWindows\b/.test(userAgent) ? 'windows' : 'other'
}
