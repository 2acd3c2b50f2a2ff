// Where the running app is asked by the clinic's own command: a socket in the folder of data.
import { join, relative } from 'node:path'

/** Its path as a socket's may be, which is about a hundred bytes long at most: from here, where that is shorter. */
export function controlSocket(data: string): string {
  const whole = join(data, 'control', 'app.sock')
  const near = relative(process.cwd(), whole)
  return near.length < whole.length ? near : whole
}
