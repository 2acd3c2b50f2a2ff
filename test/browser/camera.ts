// Owns what a fake camera films: one plain colour each, so that a test can tell whose picture arrived; or, with PICTURES=docs, a face each.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { planesOf, portraits } from './portrait.ts'

export type Colour = 'red' | 'blue'

/** Y, Cb, Cr (ITU-R BT.601, limited range) of pure red and pure blue. */
const samples: Readonly<Record<Colour, readonly [number, number, number]>> = {
  red: [81, 90, 240],
  blue: [41, 240, 110],
}
const width = 320
const height = 180
/** A second. Whoever films more has the machine draw and encode more, for each of a call's pages, and a test sees no more of it. */
const frames = 5

/** Whether the run takes the pictures that the README shows. */
export const isForDocs = process.env.PICTURES === 'docs'

/** Writes a second of film as YUV4MPEG2 and answers its path; the browser plays it round and round. */
export async function film(folder: string, colour: Colour): Promise<string> {
  if (isForDocs) return drawn(folder, colour)
  const [y, cb, cr] = samples[colour]
  const quarter = (width * height) / 4
  const frame = Buffer.concat([
    Buffer.from('FRAME\n'),
    Buffer.alloc(width * height, y),
    Buffer.alloc(quarter, cb),
    Buffer.alloc(quarter, cr),
  ])
  return written(join(folder, `${colour}.y4m`), { width, height, frame })
}

async function drawn(folder: string, colour: Colour): Promise<string> {
  const face = colour === 'red' ? portraits.clinician : portraits.patient
  const frame = Buffer.concat([Buffer.from('FRAME\n'), ...planesOf(face)])
  return written(join(folder, `${colour}.y4m`), { ...face, frame })
}

type Film = { readonly width: number; readonly height: number; readonly frame: Buffer }

async function written(path: string, { width, height, frame }: Film): Promise<string> {
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${frames}:1 Ip A1:1 C420jpeg\n`)
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: frames }, () => frame)]))
  return path
}
