// The quality ladder, for a weak line: full picture, small picture, sound alone, and up again. Pure: what was noticed => where we stand.
// Refuses to take the picture away for one bad moment, or for a late answer of our own server's at all, and to bring it back by itself where
// the person wanted to do without.

export type Level = 'full' | 'small' | 'sound'
export type Quality = {
  readonly level: Level
  /** Bad and good signs in a row. */
  readonly bad: number
  readonly good: number
  /** The person wants no picture. */
  readonly chosen?: true
}
/**
 * `good`, `slow`: how our own server answered; one that is away says nothing about the line. `reopened`: the call had to be opened anew. `thin`, `thinnest`: the browser
 * says that the line became narrow. `picture`, `no-picture`: the person wants it back, or wants to do without.
 */
export type Noticed = 'good' | 'slow' | 'reopened' | 'thin' | 'thinnest' | 'picture' | 'no-picture'

export const firstQuality: Quality = { level: 'full', bad: 0, good: 0 }

const badInRow = 2
/** At one answer in five seconds: a good minute. */
const goodInRow = 12

export function noticed(quality: Quality, what: Noticed): Quality {
  switch (what) {
    case 'good':
      if (quality.level === 'full' || quality.chosen) return quality.bad === 0 ? quality : { ...quality, bad: 0 }
      return quality.good + 1 >= goodInRow ? at(higher[quality.level]) : { ...quality, bad: 0, good: quality.good + 1 }
    case 'slow':
      return quality.bad + 1 >= badInRow ? smaller(quality) : { ...quality, bad: quality.bad + 1, good: 0 }
    case 'reopened':
    case 'thin':
      return smaller(quality)
    case 'thinnest':
      return quality.level === 'sound' ? quality : at('sound')
    case 'no-picture':
      return { ...at('sound'), chosen: true }
    case 'picture':
      return at('small')
  }
}

const at = (level: Level): Quality => ({ level, bad: 0, good: 0 })
/** A small picture costs little: whoever has none has it taken away by the line itself, or by their own wish. */
const smaller = (quality: Quality): Quality =>
  quality.level === 'full' ? at('small') : { ...quality, bad: 0, good: 0 }
const higher: Readonly<Record<Exclude<Level, 'full'>, Level>> = { sound: 'small', small: 'full' }

/** The height in pixels to ask of the room. */
export const heights: Readonly<Record<Exclude<Level, 'sound'>, number>> = { full: 720, small: 180 }

/** What the browser's own estimate means; undefined where it says nothing worth acting on (Network Information API). */
export function thinness(effectiveType: unknown): 'thin' | 'thinnest' | undefined {
  if (effectiveType === 'slow-2g' || effectiveType === '2g') return 'thinnest'
  return effectiveType === '3g' ? 'thin' : undefined
}
