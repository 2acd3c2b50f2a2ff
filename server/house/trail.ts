// What happened, written down in one place: a line of the audit trail. Whatever is told to the outside reads it there, by its number.
// Refuses (ZodError) what is no entry; a line that cannot be written rejects: then what it would tell of must not happen.
import { given } from '../domain/given.ts'
import type { AuditEntry } from '../outside/record/audit.ts'

/** By whom: a person at a clinic, and at a visit. What a clinic's Jitsi tells names no person as its doer. */
export type By = {
  readonly organisation: { readonly id: string }
  readonly person?: { readonly who: string; readonly role: NonNullable<AuditEntry['role']> }
  readonly visit?: { readonly id: string }
}
export type More = Partial<Omit<AuditEntry, 'event' | 'organisation'>>

/** `event` is a success unless `more` says that it was refused or has failed. Of a person it says a reference and a role, never a name. */
export type Happened = (by: By, event: AuditEntry['event'], more?: More) => Promise<void>

export const openTrail =
  (audit: (entry: AuditEntry) => Promise<void>): Happened =>
  ({ organisation, person, visit }, event, more) =>
    audit({
      event,
      outcome: 'success',
      organisation: organisation.id,
      ...given({ visit: visit?.id }),
      ...(person === undefined ? {} : { who: person.who, role: person.role }),
      ...more,
    })
