// An EHR's look, as SMART App Launch 2.2 tells it ("Styling"): colours, sizes and fonts an app may take over.
// Refuses, member by member, what is no plain colour, no length within bounds, and no name of a font.

const colours = [
  'color_background',
  'color_error',
  'color_highlight',
  'color_modal_backdrop',
  'color_success',
  'color_text',
] as const
/** In CSS pixels, from and to. */
const lengths = { dim_border_radius: [0, 16], dim_font_size: [14, 20], dim_spacing_size: [6, 10] } as const
const fonts = ['font_family_body', 'font_family_heading'] as const

export const styleMembers = [...colours, ...(Object.keys(lengths) as (keyof typeof lengths)[]), ...fonts] // sound: the table's own keys

/** Colours as `#rrggbb`, lengths in pixels such as `2px`, fonts as CSS font families. */
export type Style = { readonly [Member in (typeof styleMembers)[number]]?: string }

/** What of a style can be worn; undefined when it is nothing. */
export function wearable(told: Readonly<Record<string, unknown>>): Style | undefined {
  const kept = Object.fromEntries([
    ...colours.flatMap((name) => pairOf(name, colour(told[name]))),
    ...Object.entries(lengths).flatMap(([name, [from, to]]) => pairOf(name, length(told[name], from, to))),
    ...fonts.flatMap((name) => pairOf(name, font(told[name]))),
  ]) as Style // sound: each name stands in one of the three lists
  return Object.keys(kept).length === 0 ? undefined : kept
}

const pairOf = (name: string, value: string | undefined) => (value === undefined ? [] : [[name, value] as const])

const colour = (value: unknown): string | undefined =>
  typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : undefined

function length(value: unknown, from: number, to: number): string | undefined {
  const read = typeof value === 'string' ? /^(\d{1,3}(?:\.\d{1,3})?)px$/.exec(value)?.[1] : undefined
  return read !== undefined && Number(read) >= from && Number(read) <= to ? `${Number(read)}px` : undefined
}

const family = String.raw`(?:[\w-]+(?: [\w-]+)*|"[\w -]+"|'[\w -]+')`
const families = new RegExp(`^${family}(?: ?, ?${family})*$`)
/** Names with commas between them, quoted or not: nothing that could hold a function, a URL or the end of a declaration. */
const font = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 200 && families.test(value) ? value : undefined
