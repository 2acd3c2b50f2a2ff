// A page of words as a PDF: A4, its text to be selected and read aloud, in a font that it brings along. A long one takes a processor
// for half a second: it is set by a thread of its own (worker.ts), never beside requests.
// Refuses (`note-unprintable`) what the font cannot show, or we cannot set in the right order: a copy loses nothing unseen.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { create } from 'fontkit'
import Document from 'pdfkit'
import { Refusal } from '../../domain/errors.ts'
import type { PrintedPage } from '../../domain/note/printed.ts'
import { language, printedWords } from '../../domain/note/words.ts'

type Sheet = InstanceType<typeof Document>
/** The two fonts, and which signs they have. */
export type Fonts = Awaited<ReturnType<typeof loadFonts>>

export async function loadFonts() {
  const require = createRequire(import.meta.url)
  const [plain, bold] = await Promise.all([
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ])
  const read = create(plain)
  if (!('hasGlyphForCodePoint' in read)) throw new Error('a collection where one font was expected')
  return { plain, bold, has: (sign: number) => read.hasGlyphForCodePoint(sign) }
}

/** One page of words; a long one takes several sheets. The same page gives the same bytes. */
export async function setPage(fonts: Fonts, page: PrintedPage): Promise<Uint8Array> {
  const setText = (text: string) => printable(text, fonts.has)
  const facts = page.facts.map(([label, words]) => [label, setText(words)] as const)
  const sections = page.sections.map(([title, text]) => [title, setText(text)] as const)
  const signature = setText(page.signature)
  const sheet = blank(fonts, page)
  const bytes = bytesOf(sheet)
  const body = sheet.struct('Document')
  sheet.addStructure(body)
  const put = (as: 'H1' | 'H2' | 'P', write: () => void) => body.add(sheet.struct(as, {}, write))
  put('H1', () => sheet.font('bold', 18).text(page.title, { paragraphGap: 10 }))
  for (const [label, words] of facts) put('P', () => fact(sheet, label, words))
  rule(sheet)
  for (const [title, text] of sections) {
    put('H2', () => heading(sheet, title))
    const lines = cutRuns(text, widthIn(sheet.font('plain', 11)), innerWidth(sheet))
    put('P', () => sheet.font('plain', 11).text(lines, { lineGap: 2, paragraphGap: 0 }))
    sheet.moveDown(0.8)
  }
  keepTogether(sheet, 60)
  rule(sheet)
  put('P', () => sheet.font('plain', 11).text(signature))
  body.end()
  footers(
    sheet,
    facts
      .slice(0, 2)
      .map(([, words]) => words)
      .join(', '),
  )
  sheet.end()
  return bytes
}

const margin = 56
const labelWidth = 70

function blank({ plain, bold }: Fonts, { title, at }: PrintedPage): Sheet {
  const sheet = new Document({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + 24 },
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    // Names nobody: a list of files shows these.
    info: {
      Title: title,
      Creator: 'Housecall',
      Producer: 'Housecall',
      CreationDate: new Date(at),
      ModDate: new Date(at),
    },
  })
  return sheet.registerFont('plain', plain).registerFont('bold', bold)
}

function bytesOf(sheet: Sheet): Promise<Uint8Array> {
  return new Promise((done, failed) => {
    const pieces: Uint8Array[] = []
    sheet.on('data', (piece: Uint8Array) => void pieces.push(piece))
    sheet.on('end', () => done(Buffer.concat(pieces)))
    sheet.on('error', failed)
  })
}

function fact(sheet: Sheet, label: string, words: string): void {
  const { y } = sheet
  const width = innerWidth(sheet) - labelWidth
  sheet.font('bold', 10).text(label, margin, y, { width: labelWidth })
  sheet
    .font('plain', 10)
    .text(cutRuns(words, widthIn(sheet), width), margin + labelWidth, y, { width, paragraphGap: 3 })
  sheet.x = margin
}

/** A heading never stands alone at the foot of a sheet. */
function heading(sheet: Sheet, title: string): void {
  keepTogether(sheet, 56)
  sheet.font('bold', 12).text(title, { paragraphGap: 3 })
}

function rule(sheet: Sheet): void {
  const y = sheet.y + 6
  sheet.markContent('Artifact')
  sheet
    .moveTo(margin, y)
    .lineTo(sheet.page.width - margin, y)
    .lineWidth(0.7)
    .strokeColor('#7a8691')
    .stroke()
  sheet.endMarkedContent()
  sheet.y = y + 12
}

function keepTogether(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.page.maxY()) sheet.addPage()
}

/** Whose it is and which sheet of how many, on each: sheets get apart. */
function footers(sheet: Sheet, whose: string): void {
  const { start, count } = sheet.bufferedPageRange()
  for (let i = start; i < start + count; i++) {
    sheet.switchToPage(i)
    // What is written below the margin would begin another sheet.
    sheet.page.margins.bottom = 0
    const y = sheet.page.height - margin
    const numbered = { width: 100, align: 'right', lineBreak: false } as const
    sheet.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
    sheet.font('plain', 8).fillColor('#55616d')
    sheet.text(whose, margin, y, { width: innerWidth(sheet) - 110, height: 10, ellipsis: true })
    sheet.text(printedWords.sheet(i + 1, count), sheet.page.width - margin - 100, y, numbered)
    sheet.endMarkedContent()
  }
}

const longRun = /[^ \n]{200,}/g // longer than any word or address that somebody wrote on purpose
const mostSigns = 200

/**
 * pdfkit tries each cut of a word that is too long for its line, and keeps what it tried: 20,000 letters without a space cost seven
 * seconds and a gigabyte. Such a run gets its line ends here, where they would come anyway; no sign is added and none is lost.
 */
function cutRuns(text: string, widthOf: (sign: string) => number, width: number): string {
  return text.replace(longRun, (run) => {
    const lines: string[] = []
    let [line, taken] = ['', 0]
    for (const sign of run) {
      const more = taken + widthOf(sign)
      // An accent stays with its letter, unless there are more than any letter has.
      const may = !/\p{M}/u.test(sign) || line.length > mostSigns
      if (may && line !== '' && more > width * 0.98) {
        lines.push(line)
        ;[line, taken] = [sign, widthOf(sign)]
      } else [line, taken] = [line + sign, more]
    }
    return [...lines, line].join('\n')
  })
}

/** How wide a sign is in the font that is set, each measured once. */
function widthIn(sheet: Sheet): (sign: string) => number {
  const known = new Map<string, number>()
  return (sign) => {
    const width = known.get(sign) ?? sheet.widthOfString(sign)
    known.set(sign, width)
    return width
  }
}

const innerWidth = (sheet: Sheet) => sheet.page.width - 2 * margin

/** Scripts and signs that run from right to left: set from left to right, they would say something else. */
const leftward =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\u061c\u200f\u202a-\u202e\u2066-\u2069]/u

/** More marks on one letter than any script writes: to compose them takes ever longer (https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format). */
const piled = /\p{M}{31}/u

/** The text as the font can show it: signs composed, line ends of every kind made one; refuses a sign that would be missing. */
function printable(text: string, has: (sign: number) => boolean): string {
  if (piled.test(text)) throw new Refusal('note-unprintable')
  const composed = text
    .normalize('NFC')
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
  const shown = [...composed].every((sign) => sign === '\n' || has(sign.codePointAt(0) ?? 0))
  if (!shown || leftward.test(composed)) throw new Refusal('note-unprintable')
  return composed
}
