// What can be read on what: the contrast of two colours, and a colour moved until white text stands on it and its pale sister on dark ground.

type Rgb = readonly [number, number, number]

const parse = (hex: string): Rgb | undefined => {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return undefined
  const n = Number.parseInt(hex.slice(1), 16)
  return [n >> 16, (n >> 8) & 255, n & 255]
}
const hexOf = (rgb: Rgb) => `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`
const mix = (a: Rgb, b: Rgb, part: number): Rgb => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
]

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

export function contrast(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)]
  if (x === undefined || y === undefined) return 1
  const [hi, lo] = [Math.max(luminance(x), luminance(y)), Math.min(luminance(x), luminance(y))]
  return (hi + 0.05) / (lo + 0.05)
}

const black: Rgb = [0, 0, 0]
const white: Rgb = [255, 255, 255]
/** The dark theme's paper, the lightest ground the pale accent stands on there. */
export const darkPaper = '#1c2329'

/** `strong` carries white text; `pale` is read on the dark theme. Both at least 4.5 to 1, or undefined for what is no colour. */
export function readableShades(hex: string): { readonly strong: string; readonly pale: string } | undefined {
  const rgb = parse(hex)
  if (rgb === undefined) return undefined
  return { strong: moved(rgb, black, '#ffffff', 5), pale: moved(rgb, white, darkPaper, 6) }
}

/** The colour that stands in this one's place, where white text cannot be read on it; undefined where it can, or for what is no colour. */
export function madeReadable(hex: string): string | undefined {
  const strong = readableShades(hex)?.strong
  return strong === hex.toLowerCase() ? undefined : strong
}

function moved(from: Rgb, towards: Rgb, ground: string, ratio: number): string {
  for (let part = 0; part < 1; part += 0.05) {
    const hex = hexOf(mix(from, towards, part))
    if (contrast(hex, ground) >= ratio) return hex
  }
  return hexOf(towards)
}
