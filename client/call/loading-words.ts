// What is read while the call's code is on its way: all that the page before the call has of its words.
import type { WaitWords } from '../ui/words.ts'

const wait: WaitWords = {
  now: 'Loading the video call…',
  still: 'Still waiting for the video call. This takes longer than usual.',
}

export const loadingWords = { wait, again: 'Try again' }
