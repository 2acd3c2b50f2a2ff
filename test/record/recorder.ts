// Owns a recorder for each test: a directory of its own, a clock that stands still until it is moved, and what was logged.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { z } from 'zod'
import type { AuditEntry } from '../../server/outside/record/audit.ts'
import { type LogFields, openRecord, type Recorder } from '../../server/outside/record/record.ts'

const Line = z.looseObject({ event: z.string(), seq: z.int().optional(), who: z.string().optional() })
export const linesOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => Line.parse(JSON.parse(line)))

/** What no type of ours would let through. */
export const outside = (given: object) => given as LogFields & AuditEntry

type Own = {
  directory: string
  time: string
  logged: string
  opened(level?: 'info' | 'error'): Promise<Recorder>
  book(month?: string): string
}

export function ownRecorder(): Own {
  const own: Own = {
    ...{ directory: '', time: '', logged: '' },
    opened: (level = 'info') =>
      openRecord({
        level,
        auditDirectory: own.directory,
        now: () => own.time,
        destination: {
          write(text) {
            own.logged += text
          },
        },
      }),
    book: (month = '2026-03') => join(own.directory, `audit-${month}.jsonl`),
  }
  beforeEach(async () => {
    own.directory = await mkdtemp(join(tmpdir(), 'housecall-audit-'))
    own.time = '2026-03-02T09:30:00.000Z'
    own.logged = ''
  })
  afterEach(() => rm(own.directory, { recursive: true }))
  return own
}
