// Whether a browser keeps cookies for us in this frame: tried, since none says so beforehand.
// Refuses to leave the trial behind.

/** Of the kind a sign-in needs: `SameSite=None; Secure; Partitioned`, as http/cookies.ts sets them. */
export function keepsCookies(): boolean {
  const name = location.protocol === 'https:' ? '__Secure-housecall-try' : 'housecall-try'
  const trial = (value: string, seconds: number) =>
    `${name}=${value}; Path=${location.pathname}; Max-Age=${seconds}; Secure; SameSite=None; Partitioned`
  try {
    // Not the Cookie Store: it is missing in half of the browsers, and answers too late for a page that goes on at once.
    Reflect.set(document, 'cookie', trial('1', 60))
    const kept = document.cookie.includes(`${name}=1`)
    Reflect.set(document, 'cookie', trial('', 0))
    return kept
  } catch {
    return false // A frame without an origin of its own may not even ask.
  }
}
