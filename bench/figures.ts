// What a benchmark prints: one JSON line a figure on standard output, progress on standard error.
// Refuses to sum up no measurements at all.

type Figure = { readonly bench: string; readonly unit: string } & {
  readonly [measured: string]: string | number
}

/** Runs one benchmark to its figures; cleans up after itself. */
export type Bench = () => Promise<readonly Figure[]>

export const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** The value below which `share` (0 to 1) of the measurements lie: the nearest rank, so always one that was measured. */
export function percentile(measured: readonly number[], share: number): number {
  const sorted = [...measured].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export const median = (measured: readonly number[]): number => percentile(measured, 0.5)

/** `value` with so many digits behind the point. */
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

/** p50, p95 and n of milliseconds. */
export const spread = (ms: readonly number[]) => ({
  p50: rounded(median(ms)),
  p95: rounded(percentile(ms, 0.95)),
  n: ms.length,
})
