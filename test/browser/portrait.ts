// Owns the two faces that fake cameras film where pictures are taken for people to look at: drawn, of nobody.

type Rgb = readonly [red: number, green: number, blue: number]
type Shape = { readonly colour: Rgb; readonly holds: (x: number, y: number) => boolean }

export type Portrait = {
  readonly width: number
  readonly height: number
  /** What is seen at this point. */
  at(x: number, y: number): Rgb
}

const [width, height] = [640, 360]

/** Around the middle of the picture, in its own pixels. */
const ellipse = (cx: number, cy: number, rx: number, ry: number) => (x: number, y: number) =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1
const middle = width / 2

function portrait(looks: { wall: Rgb; hair: Rgb; skin: Rgb; clothes: Rgb; hairLength: number }): Portrait {
  const { wall, hair, skin, clothes, hairLength } = looks
  const dark: Rgb = [40, 34, 30]
  const eye = (side: number): Shape => ({ colour: dark, holds: ellipse(middle + side * 22, 140, 5, 7) })
  const smile = (x: number, y: number) =>
    y > 168 && ellipse(middle, 160, 28, 22)(x, y) && !ellipse(middle, 156, 28, 22)(x, y)
  const shapes: readonly Shape[] = [
    { colour: hair, holds: ellipse(middle, 130 + hairLength / 2, 82, 92 + hairLength / 2) },
    { colour: clothes, holds: ellipse(middle, 380, 170, 130) },
    { colour: skin, holds: (x, y) => Math.abs(x - middle) < 28 && y > 190 && y < 258 },
    { colour: skin, holds: ellipse(middle, 257, 28, 16) },
    { colour: skin, holds: ellipse(middle, 145, 60, 76) },
    { colour: hair, holds: (x, y) => ellipse(middle, 100, 64, 48)(x, y) && y < 108 - Math.abs(x - middle) / 9 },
    ...[-1, 1].map(eye),
    { colour: [150, 70, 70], holds: smile },
  ]
  return {
    width,
    height,
    at(x, y) {
      const shape = shapes.findLast(({ holds }) => holds(x, y))
      const shade = 1 - (0.18 * y) / height
      return shape?.colour ?? [wall[0] * shade, wall[1] * shade, wall[2] * shade]
    },
  }
}

export const portraits = {
  clinician: portrait({
    ...{ wall: [196, 214, 218], hair: [38, 32, 30], skin: [226, 182, 146], clothes: [240, 243, 245], hairLength: 0 },
  }),
  patient: portrait({
    ...{ wall: [226, 220, 200], hair: [172, 108, 52], skin: [238, 206, 176], clothes: [66, 98, 124], hairLength: 96 },
  }),
}

/** Y, Cb, Cr (ITU-R BT.601, limited range), the last two for each square of four points, as YUV4MPEG2's C420jpeg has them. */
export function planesOf({ width, height, at }: Portrait): readonly Buffer[] {
  const [y, cb, cr] = [width * height, (width * height) / 4, (width * height) / 4].map((size) => Buffer.alloc(size))
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [red, green, blue] = at(column, row)
      y?.writeUInt8(Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue), row * width + column)
      if (row % 2 === 1 || column % 2 === 1) continue
      const quarter = (row / 2) * (width / 2) + column / 2
      cb?.writeUInt8(Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue), quarter)
      cr?.writeUInt8(Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue), quarter)
    }
  return [y, cb, cr].flatMap((plane) => plane ?? [])
}
