// What is said of a clinician who runs late: by her, and to those who wait for her.
import { isolated } from '../base/isolated.ts'

export const lateWords = {
  title: 'Running late?',
  tell: 'Those who wait for you read it, with the time.',
  minutes: (n: number) => `About ${n} min`,
  said: (clock: string, minutes: number) => `You said at ${clock}: about ${minutes} minutes late.`,
  takeBack: 'Take it back',
  /** `name` only where one clinician can be meant. */
  patient: (name: string | undefined, clock: string, minutes: number) =>
    `${name === undefined ? 'Your clinician' : isolated(name)} said at ${clock}: about ${minutes} minutes late.`,
}
