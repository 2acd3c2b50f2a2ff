// The audit trail: who did what for whom and when, one JSON line each, append-only, a file a month, each line chained to the one before.
// Refuses names, birth dates and any text a person wrote: an entry is references, codes and times. One process writes one directory.
import { chmod, type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { chartParts } from '../../domain/ehr/chart-parts.ts'
import { languages } from '../../domain/ehr/languages.ts'
import { consentVersion } from '../../domain/visit/consent-shape.ts'
import { invitedRoles } from '../../domain/visit/invitation-shape.ts'
import { books, chained, type Head, resumed } from './audit-chain.ts'
import { auditEvents } from './audit-events.ts'

const reference = (types: string) => z.string().regex(new RegExp(`^(${types})/[A-Za-z0-9._-]{1,128}$`))
const handle = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/)

/** Of the request for which a line is written, ours (trace.ts); and of where it came from, by a key that changes each day. */
export const requestId = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}$/)
export const addressHash = z.string().regex(/^[0-9a-f]{16}$/)

/** What is written down. Extra fields are refused; `who`, `patient`, … are FHIR references, or `guest/<our handle>`. */
export const AuditEntry = z.strictObject({
  event: z.enum(auditEvents),
  outcome: z.enum(['success', 'refused', 'failed']),
  organisation: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  /** The FHIR base URL that its references are meant under, where another EHR of the organisation may have the same ones. */
  base: z.url().max(2_000).exactOptional(),
  visit: handle.exactOptional(),
  who: z
    .union([
      reference('Practitioner|PractitionerRole|Patient|RelatedPerson|Person'),
      z.string().regex(/^guest\/[A-Za-z0-9_-]{1,128}$/),
    ])
    .exactOptional(),
  role: z.enum(['clinician', 'patient', 'representative', ...invitedRoles]).exactOptional(),
  /** The person at the door an admission, refusal or message is about: our handle. */
  doorId: handle.exactOptional(),
  /** The invitation that was made, sent anew, taken back, or tried in vain: our handle. */
  invitation: handle.exactOptional(),
  patient: reference('Patient').exactOptional(),
  appointment: reference('Appointment').exactOptional(),
  encounter: reference('Encounter').exactOptional(),
  document: reference('DocumentReference').exactOptional(),
  /** From when until when somebody was in the call. */
  from: z.iso.datetime().exactOptional(),
  until: z.iso.datetime().exactOptional(),
  /** Of what was done by what an Appointment said before, while the EHR said nothing: when it was read. */
  readAt: z.iso.datetime().exactOptional(),
  code: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/)
    .exactOptional(),
  /** Of a consent: which of the clinic's texts. */
  version: z.string().regex(consentVersion).exactOptional(),
  language: z.enum(languages).exactOptional(),
  /** Of a look into the chart beside the video: at which part of it, and how many entries of it came. */
  part: z.enum(chartParts).exactOptional(),
  found: z.int().nonnegative().exactOptional(),
  /** Of refusals that came again and again: how many more of this kind there were in an hour than stand here each by itself. */
  count: z.int().positive().exactOptional(),
  /** Lines from before these were written have neither. */
  requestId: requestId.exactOptional(),
  addressHash: addressHash.exactOptional(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export type Audit = {
  /** Bytes of a line that a crash had left half written, cut off at the start. */
  readonly torn: number
  /** Settles once the line is written, and for all but `quick` events once it outlives a power cut. Refuses what is no entry (ZodError). */
  write(entry: AuditEntry): Promise<void>
  /** Kept elsewhere too (the log does), it shows lines that were cut off at the end. */
  head(): Readonly<Head>
  close(): Promise<void>
}

type Waiting = { at: string; entry: AuditEntry; done: () => void; failed: (cause: unknown) => void }
type Book = { readonly month: string; readonly file: FileHandle; size: number }
type Pen = {
  readonly directory: string
  head: Head
  book: Book | undefined
  queue: Waiting[]
  unsynced: Waiting[]
  writing: Promise<void> | undefined
  syncing: Promise<void> | undefined
  closed: boolean
}

// Asked for again and again: they do not wait for the disc.
const quick = new Set<AuditEntry['event']>(['room-token', 'note-saved'])

/** Opens a directory's trail (0700, files 0600) and goes on where it ended. `now` gives FHIR instants. */
export async function openAudit(directory: string, now: () => string): Promise<Audit> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
  const { head, torn } = await resumed(directory)
  const pen: Pen = {
    directory,
    head,
    book: undefined,
    queue: [],
    unsynced: [],
    writing: undefined,
    syncing: undefined,
    closed: false,
  }
  return {
    torn,
    head: () => pen.head,
    async write(given) {
      const entry = AuditEntry.parse(given)
      if (pen.closed) throw new Error('the audit trail is closed')
      await new Promise<void>((done, failed) => {
        pen.queue.push({ at: now(), entry, done, failed })
        pen.writing ??= writeAll(pen)
      })
    },
    async close() {
      pen.closed = true
      await pen.writing
      await pen.syncing
      await pen.book?.file.close()
      pen.book = undefined
    },
  }
}

/** What waits is written together, and what was written while the disc was busy is made durable together. */
async function writeAll(pen: Pen): Promise<void> {
  while (pen.queue.length > 0) {
    // Everything asked for in this turn of the loop comes along.
    await new Promise((done) => setImmediate(done))
    const batch = pen.queue
    pen.queue = []
    try {
      await append(pen, batch)
    } catch (cause) {
      for (const { failed } of batch) failed(cause)
      continue
    }
    for (const { entry, done } of batch) if (quick.has(entry.event)) done()
    pen.unsynced.push(...batch.filter(({ entry }) => !quick.has(entry.event)))
    if (pen.unsynced.length > 0) pen.syncing ??= syncAll(pen)
  }
  pen.writing = undefined
}

async function syncAll(pen: Pen): Promise<void> {
  while (pen.unsynced.length > 0) {
    const batch = pen.unsynced
    pen.unsynced = []
    try {
      await pen.book?.file.datasync()
      for (const { done } of batch) done()
    } catch (cause) {
      for (const { failed } of batch) failed(cause)
    }
  }
  pen.syncing = undefined
}

async function append(pen: Pen, batch: readonly Waiting[]): Promise<void> {
  const book = await bookOf(pen, batch[0]?.at.slice(0, 7) ?? '')
  let { seq, hash } = pen.head
  let text = ''
  for (const { at, entry } of batch) {
    seq += 1
    const body = JSON.stringify({ seq, at, ...entry })
    hash = chained(hash, body)
    text += `${body.slice(0, -1)},"hash":"${hash}"}\n`
  }
  const bytes = Buffer.from(text)
  try {
    for (let at = 0; at < bytes.length; ) at += (await book.file.write(bytes, at)).bytesWritten
  } catch (cause) {
    // A disc that was full half way must not leave a part in front of the next line.
    await book.file.truncate(book.size)
    throw cause
  }
  book.size += bytes.length
  pen.head = { seq, hash }
}

/** The month's file. A clock set back goes on in the newer one: the files in order of name are the chain. */
async function bookOf(pen: Pen, month: string): Promise<Book> {
  if (pen.book && pen.book.month >= month) return pen.book
  const newest = (await books(pen.directory)).at(-1)?.slice(6, 13) ?? ''
  const now = newest > month ? newest : month
  const file = await open(join(pen.directory, `audit-${now}.jsonl`), 'a', 0o600)
  const { size } = await file.stat()
  await pen.syncing
  await pen.book?.file.close()
  const folder = await open(pen.directory)
  await folder.sync().finally(() => folder.close())
  pen.book = { month: now, file, size }
  return pen.book
}
