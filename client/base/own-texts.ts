// What a clinic says in its own words, in the language of the page where it has said it so, and else in its first one.
import type { Me } from '../../server/wire/wire.ts'

type Own = 'beforeVisit' | 'emergency' | 'support'
/** `lang` only where it is another than the page's (WCAG 2.2, 3.1.2). */
export type OwnText = { readonly text: string; readonly lang?: string }

export type OwnTexts = Pick<Me['organisation'], Own | 'language' | 'texts'>

export function ownText({ language, texts, ...first }: OwnTexts, which: Own): OwnText | undefined {
  const { lang } = document.documentElement
  // sound: the server sends no page in another language
  const here = texts?.[lang as typeof language]?.[which]
  if (here !== undefined) return { text: here }
  const text = first[which]
  return text === undefined ? undefined : { text, ...(language !== lang && { lang: language }) }
}
