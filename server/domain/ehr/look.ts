// The EHR's look, as far as everyone can still read it: SMART 2.2, "Styling". The clinic's own accent comes before the EHR's.
// Refuses each colour that has less than 4.5 to 1 where it would stand, and text smaller than ours for patients.
import { contrast, readableShades } from './contrast.ts'
import type { Style } from './style.ts'

const paper = '#ffffff'
/** base.css: what stands on the page's ground, and what the ground and the accent are, unless told otherwise. */
const ours = {
  onGround: ['#17202a', '#55616d', '#14663a', '#a3231c'],
  ground: '#f3f5f7',
  line: '#c9d0d7',
  accent: '#0b5a8a',
}

/** Properties of base.css, for the light theme and the dark one, and what they become; `font-size` is the page's own. */
export type Look = Readonly<Record<string, string>>

type Asked = {
  readonly style?: Style | undefined
  /** The clinic's own, `#rrggbb`. */
  readonly accent?: string | undefined
  /** Whether letters may be smaller than ours. */
  readonly small: boolean
}

export function lookOf({ style = {}, accent, small }: Asked): Look {
  const colours = coloursOf(accent ?? legible(style.color_highlight, [paper]))
  const ground = legible(style.color_background, [...ours.onGround, colours?.strong ?? ours.accent])
  const grounds = [paper, ground ?? ours.ground]
  return told({
    '--accent': colours?.strong,
    '--accent-pale': colours?.pale,
    '--ehr-ground': ground,
    '--ehr-ink': legible(style.color_text, [...grounds, ours.line]),
    '--ehr-danger': legible(style.color_error, grounds),
    '--ehr-good': legible(style.color_success, grounds),
    // Three fifths: whoever opens a dialog still sees where they are.
    '--ehr-shade': style.color_modal_backdrop && `${style.color_modal_backdrop}99`,
    '--radius': style.dim_border_radius,
    '--u': style.dim_spacing_size,
    '--font-body': style.font_family_body,
    '--font-heading': style.font_family_heading,
    'font-size': sizeFor(style, small),
  })
}

const coloursOf = (accent: string | undefined) => (accent === undefined ? undefined : readableShades(accent))

const legible = (colour: string | undefined, others: readonly string[]): string | undefined =>
  colour !== undefined && others.every((other) => contrast(colour, other) >= 4.5) ? colour : undefined

const told = (properties: Readonly<Record<string, string | undefined>>): Look =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

/** A part of the reader's own size, which they may have made larger. */
function sizeFor({ dim_font_size: size }: Style, small: boolean): string | undefined {
  const pixels = Number.parseFloat(size ?? '')
  return pixels >= (small ? 0 : 16) ? `${(pixels / 16) * 100}%` : undefined
}
