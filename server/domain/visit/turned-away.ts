// Why somebody at the door is not let in, as their own page says it: one of a few sentences, or the clinician's own words.

import type { Instant } from '../ids.ts'

/** They keep their place. */
export const notNowReasons = ['a-little-longer', 'with-another', 'something-first'] as const
/** They do not. */
export const refusalReasons = ['cannot-now', 'not-by-video', 'we-telephone', 'another-visit'] as const

/** `words` are the clinician's own, one line of them. Absent in rows from before a reason was asked for, and where a page names none. */
export type SaidWhy<Reason extends string> = { readonly reason: Reason } | { readonly words: string }
export type WhyNotNow = SaidWhy<(typeof notNowReasons)[number]>
export type WhyRefused = SaidWhy<(typeof refusalReasons)[number]>

/** Asked to wait a while longer: when, and why. */
export type NotNow = { readonly at: Instant; readonly why: WhyNotNow }

/** How long the clinician's own words may be, in characters. */
export const wordsLength = 200
