// Prints as the app does where it is not built: the oldest Node reads the thread's program, which is TypeScript, by tsx alone.
import { Worker } from 'node:worker_threads'
import { confined, openPrinter, type Printer } from '../../server/outside/pdf/printer.ts'

const source = JSON.stringify(new URL('../../server/outside/pdf/worker.ts', import.meta.url))
const program = `import('tsx/esm/api').then(({ register }) => (register(), import(${source})))`

export const printerFromSource = (options: Parameters<typeof openPrinter>[0] = {}): Printer =>
  openPrinter({ ...options, worker: () => new Worker(program, { ...confined, eval: true }) })
