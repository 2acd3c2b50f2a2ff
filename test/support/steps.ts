// Owns the counting of the steps a regular expression takes over a text, tried as an engine that backtracks tries it: the same number
// on every machine, where a clock would tell of its neighbours. Refuses (throws) what it does not read: look-behind, references back.

type Piece =
  | { readonly is: 'one'; readonly takes: (sign: string) => boolean }
  | { readonly is: 'edge'; readonly holds: (text: readonly string[], at: number) => boolean }
  | { readonly is: 'row' | 'either'; readonly of: readonly Piece[] }
  | { readonly is: 'again'; readonly of: Piece; readonly least: number; readonly most: number; readonly lazy: boolean }
  | { readonly is: 'ahead'; readonly of: Piece; readonly wanted: boolean }

/** How many steps until it matched, or failed; where it is global, until the text's end. Never more than `most`. */
export function stepsOf({ source, flags }: RegExp, most: number): (text: string) => number {
  const piece = parsed(source, flags)
  return (text) => {
    const signs = /[uv]/.test(flags) ? [...text] : text.split('')
    const count = counting(signs, most)
    let at = 0
    while (at <= signs.length && count.left() > 0) {
      const end = count.match(piece, at)
      if (end !== undefined && !flags.includes('g')) break
      at = end === undefined || end === at ? at + 1 : end
    }
    return most - count.left()
  }
}

function counting(text: readonly string[], most: number) {
  let left = most
  type Next = (at: number) => boolean
  const go = (piece: Piece, at: number, next: Next): boolean => {
    if (left <= 0) return false
    left -= 1
    switch (piece.is) {
      case 'one':
        return at < text.length && piece.takes(text[at] ?? '') && next(at + 1)
      case 'edge':
        return piece.holds(text, at) && next(at)
      case 'either':
        return piece.of.some((one) => go(one, at, next))
      case 'row':
        return inRow(piece.of, 0, at, next)
      case 'again':
        return again(piece, 0, at, next)
      case 'ahead':
        return go(piece.of, at, () => true) === piece.wanted && next(at)
    }
  }
  const inRow = (of: readonly Piece[], from: number, at: number, next: Next): boolean => {
    const first = of[from]
    return first === undefined ? next(at) : go(first, at, (to) => inRow(of, from + 1, to, next))
  }
  const again = (piece: Extract<Piece, { is: 'again' }>, times: number, at: number, next: Next): boolean => {
    const more = () =>
      times < piece.most &&
      go(piece.of, at, (to) => (to > at || times < piece.least) && again(piece, times + 1, to, next))
    const enough = () => times >= piece.least && next(at)
    return piece.lazy ? enough() || more() : more() || enough()
  }
  return {
    left: () => left,
    match(piece: Piece, at: number): number | undefined {
      let end: number | undefined
      go(piece, at, (to) => {
        end = to
        return true
      })
      return end
    },
  }
}

/** A class, an escape, the opening of a group, a count, or one sign. */
const token =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\c[a-z]|\\.|\(\?(?:[:=!]|<[=!]|<\w+>)|\{\d+(?:,\d*)?\}|[\s\S]/giu

function parsed(source: string, flags: string): Piece {
  const tokens = source.match(token) ?? []
  let next = 0
  const either = (): Piece => {
    const of: Piece[] = [row()]
    while (tokens[next] === '|') {
      next += 1
      of.push(row())
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { is: 'either', of }
  }
  const row = (): Piece => {
    const of: Piece[] = []
    for (let part = tokens[next]; part !== undefined && part !== '|' && part !== ')'; part = tokens[next]) {
      next += 1
      of.push(counted(part.startsWith('(') ? group(part) : signOf(part, flags)))
    }
    return { is: 'row', of }
  }
  const group = (opens: string): Piece => {
    if (opens.startsWith('(?<=') || opens.startsWith('(?<!')) throw new Error('look-behind is not read')
    const of = either()
    next += 1
    return opens === '(?=' || opens === '(?!' ? { is: 'ahead', of, wanted: opens === '(?=' } : of
  }
  const counted = (of: Piece): Piece => {
    const times = timesOf(tokens[next] ?? '')
    if (times === undefined) return of
    next += 1
    const lazy = tokens[next] === '?'
    if (lazy) next += 1
    return { is: 'again', of, ...times, lazy }
  }
  return either()
}

function timesOf(token: string): { least: number; most: number } | undefined {
  if (token === '*') return { least: 0, most: Number.POSITIVE_INFINITY }
  if (token === '+') return { least: 1, most: Number.POSITIVE_INFINITY }
  if (token === '?') return { least: 0, most: 1 }
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(token) ?? []
  if (least === undefined) return undefined
  const open = most === '' ? Number.POSITIVE_INFINITY : Number(most)
  return { least: Number(least), most: comma === '' ? Number(least) : open }
}

function signOf(part: string, flags: string): Piece {
  if (/^\\[1-9k]/.test(part)) throw new Error('a reference back is not read')
  const inLines = flags.includes('m')
  if (part === '^') return { is: 'edge', holds: (text, at) => at === 0 || (inLines && text[at - 1] === '\n') }
  if (part === '$') return { is: 'edge', holds: (text, at) => at === text.length || (inLines && text[at] === '\n') }
  if (part === '\\b' || part === '\\B')
    return { is: 'edge', holds: (text, at) => (isWord(text[at - 1]) !== isWord(text[at])) === (part === '\\b') }
  const only = new RegExp(`^(?:${part})$`, flags.replaceAll(/[gym]/g, ''))
  const known = new Map<string, boolean>()
  return {
    is: 'one',
    takes(sign) {
      const takes = known.get(sign) ?? only.test(sign)
      known.set(sign, takes)
      return takes
    },
  }
}

const isWord = (sign: string | undefined) => sign !== undefined && /^\w$/.test(sign)
