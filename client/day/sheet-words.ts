// What a clinician reads of her other visits while she is at one: the strip, the question before a call is left, and who comes next.
import { plural } from '../base/plural.ts'

const number = plural('en')

export const stripWords = {
  /** Of a number the page does not know nothing is claimed. */
  unknown: 'Your day',
  none: 'Nobody else waiting',
  waiting: (n: number) => number(n, { one: '1 other waiting', other: `${n} others waiting` }),
  /** Minutes first: a long name is cut short where there is no room. */
  one: (name: string, span: string) => `${span} ${name}`,
  longest: (n: number, span: string) => number(n, { one: span, other: `longest ${span}` }),
  more: (n: number) => `+${n}`,
  /** Read out: what the strip shows, and what a press does. */
  named: (n: number, all: readonly string[]) =>
    n === 0
      ? 'Nobody else is waiting for you. Show your day.'
      : number(n, {
          one: `1 other patient is waiting for you: ${all.join(', ')}. Show your day.`,
          other: `${n} other patients are waiting for you: ${all.join(', ')}. Show your day.`,
        }),
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
  opening: 'Opening…',
  outOfReach: (n: number, span: string) =>
    number(n, {
      one: `1 other patient is waiting, for ${span}. Open the visit from your health record system.`,
      other: `${n} other patients are waiting, the longest for ${span}. Open their visits from your health record system.`,
    }),
}
