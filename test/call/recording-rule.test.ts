// From when until when a recording ran, as a pure rule: what ended with a change of the visit, whichever change it was.
import { expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import { recordingEnd, recordingReported, unrecorded } from '../../server/domain/visit/recording.ts'
import { finished, planned, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Booking, Call, Visit } from '../../server/domain/visit/visit-shape.ts'

const at = (time: string) => `2026-03-02T${time}.000Z` as Instant // sound: an instant
const chen = 'Practitioner/chen'
const window = { before: 30, after: 120 }
// Sound: these rules look at no more of a booking than its hours.
const booking = { start: at('15:00:00'), end: at('15:15:00') } as Booking
const begun = tokenGiven(planned(booking, 'room' as Call['room']), chen, 'clinician', at('15:01:00'))
const nobody = () => false
const recorded = recordingReported(begun, { by: chen, running: true }, nobody, at('15:03:00'))
const two = recordingReported(recorded, { by: 'Practitioner/okafor', running: true }, nobody, at('15:04:00'))
const one = recordingReported(two, { by: chen, running: false }, nobody, at('15:05:00'))

test.each<[string, Visit, Visit, string, string | undefined]>([
  ['ends by the word of a page runs until then', recorded, unrecorded(recorded), '15:09:00', '15:09:00'],
  [
    'ends with the visit runs until its end',
    recorded,
    finished(recorded, window, at('15:10:00')),
    '15:10:00',
    '15:10:00',
  ],
  [
    'ends with a visit that somebody forgot runs until that visit’s time was over',
    ...([recorded, finished(recorded, window, '2026-03-05T15:10:00.000Z' as Instant)] as const),
    ...(['23:59:59', '17:15:00'] as const),
  ],
  ['ends before it began, by another clock, runs for no time', recorded, unrecorded(recorded), '15:02:00', '15:03:00'],
  ['is still said to run by somebody is not over', two, one, '15:05:00', undefined],
  ['only began is not over', begun, recorded, '15:03:00', undefined],
  ['never was does not end', begun, finished(begun, window, at('15:10:00')), '15:10:00', undefined],
])('a recording that %s', (_how, before, after, heard, until) => {
  const end = recordingEnd(before, after, at(heard))

  expect(end).toEqual(until === undefined ? undefined : { from: at('15:03:00'), until: at(until) })
})
