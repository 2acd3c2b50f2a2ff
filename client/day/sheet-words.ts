// What a clinician reads of her other visits while she is at one: the strip, the question before a call is left, and who comes next.
import type { AskingVisit } from '../../server/wire/wire.ts'
import { plural } from '../base/plural.ts'

const number = plural('en')

type Asking = Readonly<Record<AskingVisit['as'], number>>

function asking({ 'by-telephone': telephone, locked }: Asking): string {
  if (locked === 0) return `${telephone} by telephone`
  return telephone === 0 ? `${locked} at a locked door` : `${telephone + locked} asking for you`
}

export const stripWords = {
  /** Of a number the page does not know nothing is claimed. */
  unknown: 'Your day',
  none: 'Nobody else waiting',
  waiting: (n: number) => number(n, { one: '1 other waiting', other: `${n} others waiting` }),
  /** Who would rather speak by telephone, or tried a locked door; nobody waits. */
  asking,
  both: (n: number, asks: Asking) => `${n} waiting · ${asking(asks)}`,
  /** Minutes first: a long name is cut short where there is no room. */
  one: (name: string, span: string) => `${span} ${name}`,
  longest: (n: number, span: string) => number(n, { one: span, other: `longest ${span}` }),
  more: (n: number) => `and ${n} more`,
  moreShort: (n: number) => `+${n} more`,
  parted: (names: readonly string[]) => names.join(' · '),
  /** Somebody waits there of whom it was said that they are not the patient. */
  another: (patient: string) => `not ${patient}`,
  /** Nobody of the clinic has looked after them. */
  unanswered: (patient: string) => `${patient}, unanswered`,
  /** Read out: what the strip shows, and what a press does. */
  named: (n: number, all: readonly string[]) =>
    n === 0
      ? 'Nobody else is waiting for you. Show your day.'
      : number(n, {
          one: `1 other patient is waiting for you: ${all.join(', ')}. Show your day.`,
          other: `${n} other patients are waiting for you: ${all.join(', ')}. Show your day.`,
        }),
  namedAsking: (n: number, all: readonly string[], asks: readonly string[]) => {
    const waiting = number(n, {
      one: `1 other patient is waiting for you: ${all.join(', ')}.`,
      other: `${n} other patients are waiting for you: ${all.join(', ')}.`,
    })
    return `${n === 0 ? '' : `${waiting} `}${asks.join(' ')} Show your day.`
  },
  /** `name` is absent where it must not be told. */
  asks: (as: AskingVisit['as'], name = 'Another patient of yours', span: string) =>
    as === 'locked'
      ? `${name} tried to come in at a locked door (${span}).`
      : `${name} asks to speak by telephone (${span}).`,
  each: (name: string, span: string) => `${name}, ${span}`,
  outOfReach: (n: number, span: string) =>
    number(n, {
      one: `1 to be opened from your health record system, ${span}`,
      other: `${n} to be opened from your health record system, the longest ${span}`,
    }),
}

export const sheetWords = {
  title: (patient: string) => `Open the visit with ${patient}?`,
  says: (patient: string) =>
    `You are in the call with ${patient}. If you leave it, ${patient} stays in it and reads that you left. The visit goes on and your note is kept: you come back to both from your day.`,
  leave: 'Leave the call and open it',
  apart: 'Open it in a new window',
  stay: 'Stay in the call',
  blocked: 'Your browser opened no window. Allow windows for this page, or leave the call to open the visit.',
}

export const nextWords = {
  title: 'Who waits next',
  open: (patient: string, span: string) => `Open visit with ${patient}, waiting ${span}`,
  /** Whoever waits there was found to be another than the patient. */
  another: (patient: string, span: string) => `Open visit with ${patient}, where another person waits, ${span}`,
  asks: (as: AskingVisit['as'], patient: string) =>
    as === 'locked'
      ? `Open visit with ${patient}, at a locked door`
      : `Open visit with ${patient}, who asks for the telephone`,
  opening: 'Opening…',
  outOfReach: (n: number, span: string) =>
    number(n, {
      one: `1 other patient is waiting, for ${span}. Open the visit from your health record system.`,
      other: `${n} other patients are waiting, the longest for ${span}. Open their visits from your health record system.`,
    }),
}
