// Keeps the screen awake while somebody waits or is in a call, where the browser lets it (Screen Wake Lock).
// Refuses to trouble anybody where it does not: a battery that runs low, a frame whose page keeps it closed.
import { useEffect } from 'preact/hooks'

export function useAwake(on: boolean): void {
  useEffect(() => {
    if (!on || !('wakeLock' in navigator)) return
    let over = false
    let lock: WakeLockSentinel | undefined
    // It ends whenever the page is out of sight, and must be asked for again.
    const ask = async () => {
      if (document.visibilityState === 'hidden') return
      const got = await navigator.wakeLock.request('screen').catch(() => undefined)
      if (over) void got?.release()
      else lock = got
    }
    void ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [on])
}
