// Owns the reading of a PDF as a person, or a screen reader, gets it: the words of each sheet, and what the file says of itself.
import { extractText, getDocumentProxy, getMeta } from 'unpdf'

/** The words of each sheet, as `plainly` has them. */
export async function readPdf(bytes: Uint8Array): Promise<readonly string[]> {
  const { text } = await extractText(await opened(bytes), { mergePages: false })
  return text.map(plainly)
}

export const metaOf = async (bytes: Uint8Array) => getMeta(await opened(bytes))

// A copy: the reader keeps what it is given.
const opened = (bytes: Uint8Array) => getDocumentProxy(new Uint8Array(bytes))

/** Composed, and with one space for any: where a line was broken is the paper's affair. */
export const plainly = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
