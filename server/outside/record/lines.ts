// Where the log's lines go: standard output, or a file of its own. A log whose disc is full, or whose reader is gone, loses lines and nothing
// else: it refuses nothing, and no call ends by it.
import { type DestinationStream, destination } from 'pino'

/**
 * Lines come again with room for them. Left alone, the stream's error would end the app, and its end would try for ever to write what is
 * left.
 */
export function standardOutput(): DestinationStream {
  const stream = destination({ dest: 1, maxLength: 1_000_000 })
  const whole = stream.flushSync
  stream.on('error', () => {
    stream.flushSync = () => undefined
  })
  stream.on('drain', () => {
    stream.flushSync = whole
  })
  return together(stream)
}

/** Written before it returns: the last line before a crash is the one that tells why. */
export const lineFile = (path: string) => destination({ dest: path, mkdir: true, mode: 0o600, sync: true })

const heldMs = 50
/** As pino numbers it. */
const info = 30

/**
 * What is said within a moment goes out together: handing over one line costs as much as a tenth of a room token. A warning and an error
 * go at once, with all that was said before; nothing is held back when the process ends, also by a fault. What was said last may then stand before what
 * another thread is still writing: each line has its time.
 */
function together(stream: ReturnType<typeof destination>): DestinationStream {
  let held = ''
  let later: NodeJS.Timeout | undefined
  const release = () => {
    clearTimeout(later)
    later = undefined
    if (held !== '') stream.write(held)
    held = ''
  }
  process.once('exit', () => {
    release()
    stream.flushSync()
  })
  const lines = {
    // By these pino tells of each line what it is.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: info,
    write(line: string) {
      held += line
      if (lines.lastLevel > info) release()
      else later ??= setTimeout(release, heldMs).unref()
    },
  }
  return lines
}
