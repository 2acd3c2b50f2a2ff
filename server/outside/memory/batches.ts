// Which EHRs were seen to work a transaction off as a batch, entry by entry. Found out anew after a start: the first answer tells it again,
// and is read rightly either way.
import { plainBase } from '../../domain/ehr/reference.ts'
import type { Iss } from '../../domain/ids.ts'

export type Batches = { saw(iss: Iss): void; seen(iss: Iss): boolean }

export function rememberBatches(): Batches {
  const seen = new Set<Iss>()
  return { saw: (iss) => void seen.add(plainBase(iss)), seen: (iss) => seen.has(plainBase(iss)) }
}
