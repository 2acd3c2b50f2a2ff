// How long a process that sends a text is taken to be alive: it holds the pending row under a lease, which it renews while it waits.
// A process that died lets its lease run out; only then is what it was sending called unknown.
import type { Instant } from '../ids.ts'
import { plus } from '../instant.ts'

export type Lease = { readonly id: string; readonly process: string; readonly until: Instant }

/** A process, as leases name it. `onlyProcess`: no other can have these rows open, so another's lease is of a process that is gone. */
export type Holder = { readonly process: string; readonly onlyProcess: boolean }

/** How long a lease lasts and how often it is renewed, in seconds: one renewal may fail, or clocks be half a minute apart. */
const leaseSeconds = 60
export const renewSeconds = 20

export const newLease = (id: string, { process }: Holder, now: Instant): Lease => ({
  id,
  process,
  until: plus(now, leaseSeconds),
})

export const isAlive = (lease: Lease | undefined, { process, onlyProcess }: Holder, now: Instant): boolean =>
  lease !== undefined && now < lease.until && (!onlyProcess || lease.process === process)

/** The lease with a later end; the same one where it has long to go. */
export const renewed = (lease: Lease, now: Instant): Lease =>
  plus(now, leaseSeconds - renewSeconds) < lease.until ? lease : { ...lease, until: plus(now, leaseSeconds) }
