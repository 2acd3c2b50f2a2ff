// Owns the strict reading of a narrative's XHTML: paragraphs and line breaks as text. Refuses what is not well formed, and every other element.

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const start = '<div xmlns="http://www.w3.org/1999/xhtml">'

/** The text of a div, its paragraphs with an empty line between. */
export function textOf(div: string): string {
  if (!div.startsWith(start) || !div.endsWith('</div>')) throw new Error('no XHTML div')
  const inner = div.slice(start.length, -'</div>'.length)
  const paragraphs = [...inner.matchAll(/<p style="white-space: pre-wrap">((?:(?!<\/?p\b).)*)<\/p>/gs)]
  if (paragraphs.map(([all]) => all).join('') !== inner) throw new Error('something stands between the paragraphs')
  return paragraphs.map(([, text = '']) => plain(text.replaceAll('<br/>', '\n'))).join('\n\n')
}

function plain(text: string): string {
  const illegal = /[<>"]|&(?!(?:amp|lt|gt|quot);)|[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u
  if (illegal.test(text)) throw new Error('not well formed')
  return text.replace(/&(\w+);/g, (_all, name: string) => entities[name] ?? '')
}
