// Has pages printed by a thread of their own, one after the other, so that the longest note delays nobody's admission by a moment.
// Refuses (`too-many`) a page behind which too many wait already, and what the sheet refuses; a thread that breaks takes its page alone.
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { type Code, Refusal } from '../../domain/errors.ts'
import type { PrintedPage } from '../../domain/note/printed.ts'

/** Prints one page of words; a long one takes several sheets. The same page gives the same bytes. */
export type Printer = (page: PrintedPage) => Promise<Uint8Array>

/** What the thread answers to a page. */
export type Printed = { readonly bytes: Uint8Array } | { readonly refused: Code } | { readonly fault: unknown }

type Options = {
  /** Pages that may wait for the one that is printed; 16 unless told. */
  readonly mostWaiting?: number
  /** So many milliseconds a page may take, a minute unless told: the longest takes a second or two. */
  readonly patienceMs?: number
  /** So many milliseconds without a page the thread stays, and with it the memory of its fonts; a minute unless told. */
  readonly idleMs?: number
  /** Starts the thread; worker.js beside this file unless told, as the build left it. */
  readonly worker?: () => Worker
}

/** The thread is started for the first page, and anew after it broke or went for want of pages. */
export function openPrinter(options: Options = {}): Printer {
  const { mostWaiting = 16, patienceMs = 60_000, idleMs = 60_000, worker = built } = options
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  let thread: Thread | undefined
  let goesAt: NodeJS.Timeout | undefined

  const inTurn = async (page: PrintedPage): Promise<Uint8Array> => {
    clearTimeout(goesAt)
    thread = thread?.broken() === false ? thread : started(worker(), patienceMs)
    const printed = await thread.print(page)
    goesAt = setTimeout(() => {
      thread?.end()
      thread = undefined
    }, idleMs).unref()
    if ('fault' in printed) throw printed.fault
    if ('refused' in printed) throw new Refusal(printed.refused)
    return printed.bytes
  }
  return (page) => {
    if (waiting > mostWaiting) return Promise.reject(new Refusal('too-many'))
    waiting += 1
    const mine = last.then(() => inTurn(page)).finally(() => (waiting -= 1))
    last = mine.catch(() => undefined) // Whoever asked for it is told.
    return mine
  }
}

type Thread = {
  /** One page at a time. */
  print(page: PrintedPage): Promise<Printed>
  broken(): boolean
  end(): void
}

/** Neither settings nor keys in the environment are its business; what takes more memory than any note ends the thread, not the app. */
export const confined: WorkerOptions = { env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } }

const built = () => new Worker(new URL('./worker.js', import.meta.url), confined)

function started(worker: Worker, patienceMs: number): Thread {
  worker.unref()
  let broken = false
  let answer: (printed: Printed) => void = () => undefined
  const breaks = (fault: unknown) => {
    broken = true
    answer({ fault })
  }
  worker.on('message', (printed: Printed) => answer(printed))
  worker.once('error', breaks)
  worker.once('exit', () => breaks(new Error('the thread that prints has ended')))
  const end = () => void worker.terminate()
  return {
    broken: () => broken,
    end,
    print: (page) =>
      new Promise((done) => {
        const late = setTimeout(() => {
          breaks(new Error('a page took too long to print'))
          end()
        }, patienceMs)
        answer = (printed) => {
          clearTimeout(late)
          done(printed)
        }
        worker.postMessage(page)
      }),
  }
}
