// The thread that sets PDFs: takes a page, answers its bytes, a refusal's code, or the fault. It has no settings and no secrets.
import { parentPort } from 'node:worker_threads'
import { Refusal } from '../../domain/errors.ts'
import type { PrintedPage } from '../../domain/note/printed.ts'
import type { Printed } from './printer.ts'
import { loadFonts, setPage } from './sheet.ts'

const fonts = loadFonts()

parentPort?.on('message', async (page: PrintedPage) => {
  parentPort?.postMessage(await printed(page))
})

async function printed(page: PrintedPage): Promise<Printed> {
  try {
    return { bytes: await setPage(await fonts, page) }
  } catch (cause) {
    return cause instanceof Refusal ? { refused: cause.code } : { fault: cause }
  }
}
