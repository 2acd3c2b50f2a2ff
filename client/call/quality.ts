// How good a picture the line carries, a step of the quality ladder, for as long as the page is in the call: also over a room opened anew.
// Refuses to count what a device without any connection cannot do.
import { useEffect, useState } from 'preact/hooks'
import { announce } from '../ui/announce.ts'
import { firstQuality, heights, type Level, type Noticed, noticed, thinness } from './quality-ladder.ts'
import type { RoomApi } from './room.ts'
import { qualityWords } from './words.ts'

export type QualityState = { readonly level: Level; notice(what: Noticed): void }

export function useQuality(): QualityState {
  const [quality, setQuality] = useState(firstQuality)
  const notice = (what: Noticed) => setQuality((now) => noticed(now, what))
  useEffect(() => {
    // Not in every browser, and in none by this name in TypeScript's own list.
    const estimate: unknown = Reflect.get(navigator, 'connection')
    if (!(estimate instanceof EventTarget)) return
    const changed = () => {
      const thin = thinness(Reflect.get(estimate, 'effectiveType'))
      if (thin !== undefined) notice(thin)
    }
    estimate.addEventListener('change', changed)
    return () => estimate.removeEventListener('change', changed)
  }, [])
  return { level: quality.level, notice }
}

/** Asks the room for what the line carries. A room that just opened has full pictures, or none if it was opened so. */
export function useAskedQuality(room: RoomApi | undefined, joined: boolean, level: Level, openedWith: Level): void {
  const [asked, setAsked] = useState<Level>(openedWith === 'sound' ? 'sound' : 'full')
  useEffect(() => {
    if (room === undefined || !joined || level === asked) return
    if (level === 'sound') room.executeCommand('setAudioOnly', true)
    else {
      if (asked === 'sound') room.executeCommand('setAudioOnly', false)
      room.executeCommand('setVideoQuality', heights[level])
    }
    if (level === 'sound') announce(qualityWords.spoken)
    setAsked(level)
  }, [room, joined, level])
}
