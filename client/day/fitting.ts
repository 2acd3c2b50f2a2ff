// How many of some names fit into one line beside what is said of the rest. Pure.
// Refuses to drop one without saying so: where not even the first fits, it is cut, and the rest is counted.

/**
 * `widths`: of each name with what parts it from the one before; `all`: how many there are, named or not; `restOf`: how wide it is to say that so
 * many more there are. All in pixels. Answers of how many the names are shown; none only where there are none.
 */
export function howManyFit(
  widths: readonly number[],
  all: number,
  { room, restOf }: { readonly room: number; restOf(more: number): number },
): number {
  for (let n = widths.length; n > 1; n--) {
    const names = widths.slice(0, n).reduce((sum, one) => sum + one, 0)
    if (names + (all > n ? restOf(all - n) : 0) <= room) return n
  }
  return Math.min(1, widths.length)
}
