// A link as a picture for a phone's camera. Comes when it is wanted. Black on white also in the dark: cameras look for that.
import { encode } from 'uqr'

/** As a part of a path of SVG. */
const squareAt = (x: number, y: number): string => `M${x},${y}h1v1h-1z`

type QrCodeProps = { readonly text: string; readonly name: string }

export function QrCode({ text, name }: QrCodeProps) {
  // With the quiet zone of four that ISO/IEC 18004 asks for.
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? squareAt(x, y) : [])))
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={name} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
