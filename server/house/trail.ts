// What happened, written down in one place: a line of the audit trail. Whatever is told to the outside reads it there, by its number.
// Refuses (ZodError) what is no entry; a line that cannot be written rejects: then what it would tell of must not happen.
import { given } from '../domain/given.ts'
import type { Iss } from '../domain/ids.ts'
import type { AuditEntry } from '../outside/record/audit.ts'
import { ownBase, type Sharing } from '../settings/bases.ts'

/** By whom: a person at a clinic, and at a visit. What a clinic's Jitsi tells names no person as its doer. */
export type By = {
  readonly organisation: { readonly id: string } & Partial<Sharing>
  readonly person?: { readonly who: string; readonly role: NonNullable<AuditEntry['role']> }
  readonly visit?: { readonly id: string; readonly iss?: Iss }
  readonly launch?: { readonly iss: Iss }
}
export type More = Partial<Omit<AuditEntry, 'event' | 'organisation'>>

/** `event` is a success unless `more` says that it was refused or has failed. Of a person it says a reference and a role, never a name. */
export type Happened = (by: By, event: AuditEntry['event'], more?: More) => Promise<void>

export const openTrail =
  (audit: (entry: AuditEntry) => Promise<void>): Happened =>
  ({ organisation, person, visit, launch }, event, more) => {
    const iss = visit?.iss ?? launch?.iss
    return audit({
      event,
      outcome: 'success',
      organisation: organisation.id,
      ...given({ base: iss && ownBase(organisation, iss), visit: visit?.id }),
      ...(person === undefined ? {} : { who: person.who, role: person.role }),
      ...more,
    })
  }
