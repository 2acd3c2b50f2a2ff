// The EHR's look, put on as far as everyone can still read: SMART 2.2, "Styling". The clinic's own accent comes before the EHR's.
// Refuses each colour that has less than 4.5 to 1 where it would stand, and text smaller than ours for patients.
import type { Me, Style } from '../../server/wire/wire.ts'
import { contrast, readable, wear } from './accent.ts'

const paper = '#ffffff'
/** base.css: what stands on the page's ground, and what the ground and the accent are, unless told otherwise. */
const ours = {
  onGround: ['#17202a', '#55616d', '#14663a', '#a3231c'],
  ground: '#f3f5f7',
  line: '#c9d0d7',
  accent: '#0b5a8a',
}

const legible = (colour: string | undefined, others: readonly string[]): string | undefined =>
  colour !== undefined && others.every((other) => contrast(colour, other) >= 4.5) ? colour : undefined

export type Dress = {
  readonly accent: string | undefined
  readonly properties: Readonly<Record<string, string | undefined>>
}

/** Custom properties of base.css and what they become, and the colour to wear as accent. */
export function dressOf({ style = {}, role, organisation }: Pick<Me, 'style' | 'role' | 'organisation'>): Dress {
  const accent = organisation.accent ?? legible(style.color_highlight, [paper])
  const strong = (accent === undefined ? undefined : readable(accent)?.strong) ?? ours.accent
  const ground = legible(style.color_background, [...ours.onGround, strong])
  const grounds = [paper, ground ?? ours.ground]
  const properties = {
    '--ehr-ground': ground,
    '--ehr-ink': legible(style.color_text, [...grounds, ours.line]),
    '--ehr-good': legible(style.color_success, grounds),
    '--ehr-danger': legible(style.color_error, grounds),
    // Three fifths: whoever opens a dialog still sees where they are.
    '--ehr-shade': style.color_modal_backdrop && `${style.color_modal_backdrop}99`,
    '--radius': style.dim_border_radius,
    '--u': style.dim_spacing_size,
    '--font-body': style.font_family_body,
    '--font-heading': style.font_family_heading,
    'font-size': sizeFor(style, role),
  }
  return { accent, properties }
}

/** A part of the reader's own size, which they may have made larger. */
function sizeFor({ dim_font_size: size }: Style, role: Me['role']): string | undefined {
  const pixels = Number.parseFloat(size ?? '')
  return pixels >= (role === 'clinician' ? 0 : 16) ? `${(pixels / 16) * 100}%` : undefined
}

export function dress(me: Me): void {
  const { accent, properties } = dressOf(me)
  wear(accent)
  for (const [name, value] of Object.entries(properties))
    if (value !== undefined) document.documentElement.style.setProperty(name, value)
}
