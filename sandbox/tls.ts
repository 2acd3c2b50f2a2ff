// Owns TLS on the stage, for browsers that keep no `Secure` cookie from plain http (WebKit): a certificate made on the spot, and for the app,
// which speaks plain http, what ends TLS in front of it.
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { certificate } from './certificate.ts'

export type Certified = {
  readonly cert: string
  readonly key: string
  /** Where the certificate lies, for the app to believe it. */
  readonly path: string
}

const dayMs = 24 * 60 * 60_000

/** For localhost and 127.0.0.1, from yesterday on, for a month. */
export async function certified(folder: string): Promise<Certified> {
  const made = certificate(new Date(Date.now() - dayMs), new Date(Date.now() + 30 * dayMs))
  const path = join(folder, 'certificate.pem')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path, made.cert)
  return { ...made, path }
}

type Front = { readonly host: string; readonly port: number; readonly inner: number }

/** Ends TLS at `port` and hands on to `inner`; settles once it listens. Answers how to close it. */
export async function inFront({ cert, key }: Certified, { host, port, inner }: Front): Promise<() => Promise<void>> {
  const open = new Set<{ destroy(): unknown }>()
  const server = createServer({ cert, key }, (outside) => {
    const inside = connect(inner, host)
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      open.add(one)
      one.once('error', () => other.destroy())
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((listening, fail) => server.once('error', fail).listen(port, host, listening))
  return () => {
    for (const one of open) one.destroy()
    return new Promise((done) => server.close(() => done()))
  }
}
