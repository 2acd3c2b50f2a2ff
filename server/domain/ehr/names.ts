// Names for people to read, from FHIR's HumanName, and what a CodeableConcept says in words.
// Refuses for a name what is a person's no more, not yet, or says nothing.
import type { Instant } from '../ids.ts'
import { within } from '../instant.ts'

type HumanName = {
  readonly use?: string
  readonly text?: string
  readonly family?: string
  readonly given?: readonly string[]
  readonly prefix?: readonly string[]
  readonly suffix?: readonly string[]
  readonly period?: { readonly start?: string; readonly end?: string }
}

/** Now, and where the clinic is: a name may be one until a certain day. */
export type Today = { readonly now: Instant; readonly timeZone: string }

/** Names from before, and what friends say: nobody is identified by them (http://hl7.org/fhir/R4/valueset-name-use.html). */
const noIdentity: ReadonlySet<string> = new Set(['old', 'maiden', 'nickname'])
/** How far behind a use stands: one that we do not know, or none, is behind the official name, and before what is for a while only. */
const behind: Readonly<Record<string, number>> = { usual: 0, official: 1, temp: 3, anonymous: 4 }
const rankOf = ({ use = '' }: HumanName) => (Object.hasOwn(behind, use) ? (behind[use] ?? 2) : 2)
/** Whoever has more names is called by one of the first. */
const mostNames = 100

/**
 * The name in use today: usual, then official, then any other, then a temporary one, then a pseudonym. A whole name comes before a part of
 * one, for "Bobby" is no identity beside "Robert Brown"; but no pseudonym before a part of the true one. Undefined when there is none to show.
 */
export function nameOf(names: readonly HumanName[] | undefined, { now, timeZone }: Today): string | undefined {
  const theirs = (names ?? [])
    .slice(0, mostNames)
    .filter((name) => !noIdentity.has(name.use ?? '') && within(name.period, now, timeZone))
    .flatMap((name) => {
      const shown = shownOf(name)
      return shown === undefined ? [] : [{ name, shown }]
    })
    .toSorted((one, other) => rankOf(one.name) - rankOf(other.name))
  const whole = theirs.find(({ name, shown }) => name.use !== 'anonymous' && isWhole(name, shown))
  return (whole ?? theirs[0])?.shown
}

/** A name as one line; undefined for one that says nothing, such as a dash, or a title alone. */
export function shownOf(name: HumanName): string | undefined {
  const { text, family, given = [], prefix = [], suffix = [] } = name
  const own = [...given, family ?? ''].filter(saysSomething)
  const told = lineOf(text ?? '')
  if (own.length === 0 || (told !== undefined && !isPart(told, name))) return told
  const titled = [...prefix, ...own].filter(saysSomething).join(' ')
  return lineOf([titled, ...suffix.filter(saysSomething)].join(', '))
}

/** Whether a text is the given name alone, what friends say for it, or the family name, of a name that has both. */
function isPart(text: string, { family = '', given = [], prefix = [], suffix = [] }: HumanName): boolean {
  const [families, givens] = [wordsIn([family]), wordsIn(given)]
  if (families.length === 0 || givens.length === 0) return false
  const titles = wordsIn([...prefix, ...suffix])
  const words = wordsIn([text]).filter((word) => !titles.includes(word))
  if ([families, givens].some((alone) => words.every((word) => alone.includes(word)))) return true
  // Where no blanks stand between names, one word may be the whole.
  return words.length === 1 && !families.some((word) => words[0]?.includes(word))
}

const lineOf = (text: string): string | undefined => (saysSomething(text) ? plain(text, 120) || undefined : undefined)

const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.slice(0, longest))

/** Whether it has more than a given name, or a family name, alone. What stands in `text` only is taken for whole when it has two words. */
function isWhole({ family = '', given = [], prefix = [], suffix = [] }: HumanName, shown: string): boolean {
  const [families, givens] = [wordsIn([family]), wordsIn(given)]
  if (families.length > 0 && givens.length > 0) return true
  const known = new Set([...families, ...givens, ...wordsIn([...prefix, ...suffix])])
  const more = wordsIn([shown]).filter((word) => !known.has(word))
  return more.length >= (families.length + givens.length > 0 ? 1 : 2)
}

/** The words of texts, in small letters. */
const wordsIn = (texts: readonly string[]): readonly string[] =>
  texts.flatMap(
    (text) =>
      text
        .slice(0, longest)
        .toLowerCase()
        .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) ?? [],
  )

/** A few sentences from outside, in one line; whoever reads one that was too long is shown that it goes on. */
export const paragraphOf = (text: string): string | undefined =>
  saysSomething(text) ? `${plain(text, longest)}${text.length > longest ? ' …' : ''}` : undefined

/** In UTF-16 units: what stands behind that is not looked at, for no screen shows it. */
const longest = 2_000

/**
 * One line of text from outside, at most `most` characters: without line breaks, control and direction characters, which could
 * forge a line of the note or turn a name around on the screen.
 */
const plain = (text: string, most: number): string =>
  [
    ...text
      .slice(0, longest)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, most)
    .join('')

export type Concept = {
  readonly text?: string
  readonly coding?: readonly { readonly display?: string; readonly code?: string }[]
}

/** What a CodeableConcept says in words. */
export const wordsOf = (concept: Concept | undefined): string | undefined =>
  plain(concept?.text ?? concept?.coding?.find((c) => c.display)?.display ?? concept?.coding?.[0]?.code ?? '', 200) ||
  undefined
