// What a clinician reads of an EHR before they write: one line, made from the verdicts the server told.
import { expect, it } from 'vitest'
import { inShort } from '../../client/note/capability.ts'
import { ehrWords } from '../../client/note/ehr-words.ts'
import { abilities, amendsBy, profileOf, type Statement } from '../../server/domain/ehr/capability.ts'
import type { Instant, Iss } from '../../server/domain/ids.ts'

const policies = { createEncounters: true, drafts: true }
const everything = Object.fromEntries(abilities.map((ability) => [ability, true]))

/** What is said of an EHR that can do everything but this. */
function lineWithout(lacking: readonly string[], statement?: Statement, busyUntil?: Instant): string {
  const can = { ...everything, ...Object.fromEntries(lacking.map((ability) => [ability, false])) }
  const profile = profileOf({ policies, can, ...(statement && { statement }), ...(busyUntil && { busyUntil }) })
  const known = {
    iss: 'https://ehr.example.org/fhir' as Iss, // sound: any address is one here
    signIn: { renewed: true, toldAppointment: false, toldEncounter: false },
    ...{ scope: [], drafts: true, marksMistakes: true },
  }
  return ehrWords.inShort(inShort({ ...profile, ...known, amends: amendsBy(profile) !== undefined }))
}

it.each([
  [[], 'This EHR files notes with their encounter, and takes corrections.'],
  [['createEncounters'], 'This EHR files notes, but cannot create encounters.'],
  [
    ['createEncounters', 'findEncounterByAppointment', 'findEncounterByPatient'],
    'This EHR files notes, but neither finds nor creates encounters.',
  ],
  [
    ['createEncounters', 'replaceNotes', 'updateNotes', 'findNotes', 'changeAppointments'],
    'This EHR files notes, but cannot create encounters, takes no corrections, cannot be searched for them and does not let appointments be marked as done.',
  ],
  [['fileNotes'], 'This EHR takes no notes from here: sign it, then download it as text or PDF.'],
])('an EHR without %j is told of in one line', (lacking, line) => {
  expect(lineWithout(lacking, {})).toBe(line)
})

it('an EHR that was too busy to say what it can do is not told of as one that does not say it', () => {
  const line = 'This EHR was too busy to say what it can do, and is asked again later: filing is tried with care.'
  expect(lineWithout([], undefined, '2026-03-02T10:00:00.000Z' as Instant)).toBe(line) // sound: an instant as text
})

it('an EHR that takes notes and does not say what it can do is told of as such, whatever it lacks', () => {
  expect(lineWithout(['createEncounters'])).toBe('This EHR does not say what it can do: filing is tried with care.')
})
