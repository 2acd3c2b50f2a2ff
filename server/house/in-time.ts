// Waits for what somebody can do without, and no longer than told.

/** What comes within so many milliseconds; undefined otherwise. */
export function inTime<T>(what: Promise<T>, ms: number): Promise<T | undefined> {
  const signal = AbortSignal.timeout(ms)
  const late = new Promise<undefined>((done) => {
    if (signal.aborted) return done(undefined)
    signal.addEventListener('abort', () => done(undefined), { once: true })
  })
  return Promise.race([what, late])
}
