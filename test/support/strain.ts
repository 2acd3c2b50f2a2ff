// Owns the straining of one regular expression: long texts made of its own parts, and whether its steps grow faster than they do.
import { stepsOf } from './steps.ts'

/** What makes a pattern slow: how the text begins, what is repeated in it, and how it ends. */
export type Strain = { readonly before: string; readonly again: string; readonly after: string }

/** In characters. */
const [short, long] = [200, 400]
/** For so few a sign even what is linear but clumsy looks no further. */
const clumsy = 3
/** Of a text twice as long: linear takes twice as many steps, quadratic four times. */
const mostGrowth = 3
const mostSteps = 500_000

/** A text for which the pattern needs more than linear time; undefined when there is none among those it is made to read. */
export function strains(pattern: RegExp): Strain | undefined {
  const steps = stepsOf(pattern, mostSteps)
  return attacksOn(pattern).find((strain) => {
    const few = steps(textOf(strain, short))
    return few > clumsy * short && (few >= mostSteps || steps(textOf(strain, long)) > mostGrowth * few)
  })
}

const textOf = ({ before, again, after }: Strain, size: number) =>
  before + again.repeat(Math.ceil(size / again.length)) + after

/** Texts made of what the pattern itself looks for: each run of its parts, again and again, behind what leads there. */
function attacksOn(pattern: RegExp): readonly Strain[] {
  const attacks = [samples, [...samples].reverse()].flatMap((order) => attacksOf(partsOf(pattern, order)))
  return [...new Map(attacks.map((strain) => [JSON.stringify(strain), strain])).values()]
}

function attacksOf(parts: readonly string[]): readonly Strain[] {
  const attacks: Strain[] = []
  for (let from = 0; from < parts.length; from++)
    for (let to = from + 1; to <= Math.min(from + longestRun, parts.length); to++)
      for (const skipped of new Set([0, from - 2, from - 1, from].filter((n) => n >= 0)))
        for (const after of endings)
          attacks.push({ before: parts.slice(skipped, from).join(''), again: parts.slice(from, to).join(''), after })
  return attacks
}

const longestRun = 4
/** Signs that few patterns end with. */
const endings = ['', '\n', '\u0000!\n']

// A class, an escape, the opening of a group, a count, or signs that stand for themselves, as far as none is counted.
const partPattern =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\.|\(\?(?:[:=!]|<[=!]|<\w+>)|\{\d+(?:,\d*)?\}|[\w/<>"' :;@!=,-]+(?![?*+{])|[\s\S]/gi

/** One text for each part of a pattern, in its order: signs as they are, a class by one of its members, as often as it is counted. */
function partsOf({ source, flags }: RegExp, order: readonly string[]): readonly string[] {
  const parts: string[] = []
  for (const part of source.match(partPattern) ?? []) {
    const times = /^\{(\d+)/.exec(part)?.[1]
    if (times !== undefined) parts.push((parts.pop() ?? '').repeat(Math.max(1, Number(times))))
    else if (!/^(?:[()|?*+^$]|\(\?.*|\\[bB1-9])$/.test(part)) parts.push(memberOf(part, flags, order))
  }
  return parts
}

// The last of them first gives line ends for white space, and odd signs for whatever takes any.
const samples = [...'aA0x_-./:,; \t"\'<>@()[]{}=+*%&#!?~|^$\\é\u0000\u2028\ufeff\n']

/** A text that a part takes. */
function memberOf(part: string, flags: string, order: readonly string[]): string {
  const only = new RegExp(`^(?:${part})$`, flags.replaceAll(/[gy]/g, ''))
  return [...order, part].find((one) => only.test(one)) ?? part
}
