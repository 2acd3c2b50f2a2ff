// What time it is by our server's clock, as its answers tell: a phone may be an hour wrong, and all times we show are the server's.
import { signal } from '@preact/signals'

/** By how many milliseconds the server's clock is ahead of this device's. */
export const aheadMs = signal(0)

/** In milliseconds, as a device's clock would say it that is right. */
export const serverNow = (): number => Date.now() + aheadMs.peek()

/**
 * What an answer's `Date` says of it (RFC 9110, 6.6.1: whole seconds), when it was asked for and when it came, in milliseconds by this
 * device. What was known before stays while it may be true: a slow answer says little.
 */
export function aheadBy(date: string | null, asked: number, came: number, before: number): number {
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) return before
  const [least, most] = [told - came, told + 1_000 - asked]
  return before >= least && before <= most ? before : (least + most) / 2
}

/** Takes in the time that an answer tells. */
export function hearTime({ headers }: Pick<Response, 'headers'>, asked: number): void {
  aheadMs.value = aheadBy(headers.get('Date'), asked, Date.now(), aheadMs.value)
}
