// The name a person has in the room: made by the clinic's policy, kept for the visit, and nobody else's there.
// Where there is no name to show, the word of the role stands for it.
import { nameWords } from '../ehr/words.ts'
import type { Ref } from '../ids.ts'
import type { RoleAtVisit } from './invitation-shape.ts'
import type { Open } from './visit-shape.ts'

export type Naming = 'full' | 'first-and-initial' | 'role'

/** The name to be shown in the room; the role's word where there is no name to make it of. */
export function shownName(naming: Naming, role: RoleAtVisit, name: string): string {
  if (naming === 'role') return nameWords[role]
  return (naming === 'full' ? name.trim() : firstAndInitial(name)) || nameWords[role]
}

const title = /^(dr|prof|mr|mrs|ms|mx|miss|sir|dame|rev|fr)\.?$/i
const degree =
  /^(md|do|rn|np|pa|pac|aprn|crnp|fnp|dnp|cnm|phd|psyd|pharmd|mbbs|dds|dmd|lcsw|lmft|jr|sr|ii|iii|iv|esq)$/i
const wordsIn = (text: string): readonly string[] =>
  text.split(/\s+/).filter((word) => word !== '' && !title.test(word) && !degree.test(word.replaceAll(/[.-]/g, '')))

/** `Dr. Wei Chen, MD` and `Chen, Wei` are both `Wei C.` */
function firstAndInitial(name: string): string {
  const [before = [], ...rest] = name.split(',').map(wordsIn)
  const after = rest.flat()
  // Words after a comma that are no degrees: the family name came first.
  const [first, family] = after.length > 0 ? [after[0], before.at(-1)] : [before[0], before.slice(1).at(-1)]
  const initial = [...(family ?? '')][0]
  return [first ?? '', initial === undefined ? '' : `${initial}.`].filter(Boolean).join(' ')
}

/** UTF-16 units: what is longer the room's page cuts by itself (jitsi-meet, base/participants), and would not be known by its name any more. */
const longest = 50

/** Without half a sign at its end, nor the space before one. */
function cut(name: string, most: number): string {
  let short = ''
  for (const sign of name.trim()) {
    if (short.length + sign.length > most) break
    short += sign
  }
  return short.trimEnd()
}

/** What this person is called in the visit's room; undefined before they first had a token. */
export const displayNameIn = (visit: Pick<Open, 'attendance'>, who: Ref): string | undefined =>
  visit.attendance.find((a) => a.who === who)?.displayName

/**
 * Keeps what someone who was given a token is called in the room, for the whole visit. Nobody else there is called the same: a room
 * that does not tell people's ids is known by their names alone, and the clinician's page opens its lobby by them.
 */
export function withDisplayName(visit: Open, who: Ref, wish: string): Open {
  if (displayNameIn(visit, who) !== undefined) return visit
  const taken = visit.attendance.map((a) => a.displayName)
  let name = cut(wish, longest)
  for (let n = 2; taken.includes(name); n++) name = `${cut(wish, longest - ` (${n})`.length)} (${n})`
  return { ...visit, attendance: visit.attendance.map((a) => (a.who === who ? { ...a, displayName: name } : a)) }
}
