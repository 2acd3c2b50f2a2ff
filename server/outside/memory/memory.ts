// All that dies with this process: whose page is open and listens, who is in which call and was heard from, which rooms have closed,
// which notes somebody is at work on, which Appointments are being read again, what a clinician's day said when it was read, whose roles are looked for, who
// said that they are late, when a clinician looked, which EHRs take no transactions although they say so.
// Nothing here may be the only copy of anything: pages tell it again, and rows keep what must last.
import type { Instant, VisitId } from '../../domain/ids.ts'
import { type Batches, rememberBatches } from './batches.ts'
import { type CallPages, rememberCallPages } from './call-pages.ts'
import { type ClinicianLooks, rememberClinicianLooks } from './clinician-looks.ts'
import { type ClosedRooms, rememberClosedRooms } from './closed-rooms.ts'
import { type Counts, rememberCounts } from './counts.ts'
import { type DaysRead, rememberDaysRead } from './days-read.ts'
import { type Heartbeats, rememberHeartbeats } from './heartbeats.ts'
import { type LateWords, rememberLateWords } from './late-words.ts'
import { type NotesInWork, rememberNotesInWork } from './notes-in-work.ts'
import { type OpenPages, rememberOpenPages } from './open-pages.ts'
import { type OpenStreams, rememberOpenStreams } from './open-streams.ts'
import { type PageSeats, rememberPageSeats } from './page-seats.ts'
import { type Reviews, rememberReviews } from './reviews.ts'
import { type RoleLooks, rememberRoleLooks } from './role-looks.ts'

export type Memory = {
  readonly openPages: OpenPages
  readonly openStreams: OpenStreams
  readonly callPages: CallPages
  readonly heartbeats: Heartbeats
  readonly closedRooms: ClosedRooms
  readonly counts: Counts
  readonly notesInWork: NotesInWork
  readonly reviews: Reviews
  readonly batches: Batches
  readonly roleLooks: RoleLooks
  readonly daysRead: DaysRead
  readonly lateWords: LateWords
  readonly pageSeats: PageSeats
  readonly clinicianLooks: ClinicianLooks
  /** Since when there is anything to remember: before that nobody listened. */
  readonly listeningSince: Instant
  /** For a visit that is over: drops who was in its call. Pages that still show it are remembered. */
  forget(visit: VisitId): void
  /** Lets go of every page that is gone. Answers of how many. */
  sweep(now: Instant): number
}

/** `mostStreams` is how many event streams may be open in all. */
export function openMemory(mostStreams: number, listeningSince: Instant): Memory {
  const [openPages, callPages, heartbeats] = [rememberOpenPages(), rememberCallPages(), rememberHeartbeats()]
  const [reviews, roleLooks, lateWords] = [rememberReviews(), rememberRoleLooks(), rememberLateWords()]
  const [daysRead, pageSeats, clinicianLooks] = [rememberDaysRead(), rememberPageSeats(), rememberClinicianLooks()]
  return {
    openPages,
    openStreams: rememberOpenStreams(mostStreams),
    callPages,
    heartbeats,
    closedRooms: rememberClosedRooms(),
    counts: rememberCounts(),
    notesInWork: rememberNotesInWork(),
    reviews,
    batches: rememberBatches(),
    roleLooks,
    daysRead,
    lateWords,
    pageSeats,
    clinicianLooks,
    listeningSince,
    forget(visit) {
      callPages.forget(visit)
      heartbeats.forget(visit)
    },
    sweep: (now) =>
      openPages.sweep(now) +
      callPages.sweep(now) +
      heartbeats.sweep(now) +
      reviews.sweep(now) +
      roleLooks.sweep(now) +
      daysRead.sweep(now) +
      lateWords.sweep(now) +
      pageSeats.sweep(now) +
      clinicianLooks.sweep(now),
  }
}
