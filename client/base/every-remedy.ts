// The words for every problem that patients can meet, and clinicians too. They come when the first one is met.
// Refuses to leave a code without words: the compiler counts them.
import type { chartRemedies } from './chart-words.ts'
import { entryRemedies } from './entry-words.ts'
import { invitationRemedies } from './invitation-words.ts'
import type { ProblemCode, Remedy } from './remedy.ts'
import { visitRemedies } from './visit-words.ts'

export const problemRemedies: Readonly<
  Record<Exclude<ProblemCode, keyof typeof chartRemedies | 'offline' | 'unavailable'>, Remedy>
> = {
  ...entryRemedies,
  ...visitRemedies,
  ...invitationRemedies,
}
