// The words for where else somebody is signed in.
import { plural } from '../base/plural.ts'

const form = plural('en')

export const elsewhere = {
  none: 'You are signed in here alone.',
  others: (n: number) => form(n, { one: 'You are signed in once more.', other: `You are signed in ${n} times more.` }),
  end: 'Sign out everywhere else',
  ended: 'You are signed out everywhere else.',
}
