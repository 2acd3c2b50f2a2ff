// Which base URLs of an organisation are one EHR, and what was kept of which: by the settings, and by what a row says of itself.
import { expect, test } from 'vitest'
import type { Iss, OrganisationId } from '../../server/domain/ids.ts'
import { differentBases, isOfEhr, ownBase, personKey } from '../../server/settings/bases.ts'
import { filesIn } from '../support/sources.ts'

// Sound, these casts: what a test calls a base URL is one.
const [a, b, c] = ['https://a.example/fhir', 'https://b.example/fhir', 'https://c.example/fhir'] as Iss[] as [
  Iss,
  Iss,
  Iss,
]
const clinic = (bases: readonly string[], sharesIds?: boolean) => ({
  issuers: bases.map((iss) => ({ iss: iss as Iss })),
  ...(sharesIds === undefined ? {} : { sharesIds }),
})

test.each([
  ['listed twice', [a, a], 1],
  ['with a slash at its end', [a, `${a}/`], 1],
  ['with the host in capitals', [a, 'https://A.EXAMPLE/fhir'], 1],
  ['with its default port', [a, 'https://a.example:443/fhir'], 1],
  ['by way of another folder', [a, 'https://a.example/x/../fhir/'], 1],
  ['with another path', [a, 'https://a.example/FHIR'], 2],
  ['with another port', [a, 'https://a.example:8443/fhir'], 2],
  ['at another host', [a, b], 2],
])('a base URL %s is of as many EHRs as there are', (_how, bases, count) => {
  expect(differentBases(clinic(bases)).length).toBe(count)
  expect(ownBase(clinic(bases), a)).toBe(count === 1 ? undefined : a)
})

test('an id is meant under its own base URL unless the organisation has one EHR or shares its ids', () => {
  const own = [clinic([a]), clinic([a, b], true), clinic([a, b], false), clinic([a, b]), clinic([a], false)]

  expect(own.map((organisation) => ownBase(organisation, `${a}/` as Iss))).toEqual([undefined, undefined, a, a, a])
})

test.each([
  ['one EHR', clinic([a]), { iss: a }, true],
  ['one EHR that has moved', clinic([a]), { iss: c }, true],
  ['one EHR, and the row is of another that was told apart', clinic([a]), { iss: b, base: b }, false],
  ['two that share, whichever opened it', clinic([a, b], true), { iss: b, base: b }, true],
  ['two that do not share, and it is its own', clinic([a, b], false), { iss: a, base: a }, true],
  ['two that do not share, and it is its own from before', clinic([a, b], false), { iss: `${a}/` as Iss }, true],
  ['two that do not share, and it is the other’s', clinic([a, b], false), { iss: b, base: b }, false],
  ['two that do not share, and it is the other’s from before', clinic([a, b], false), { iss: b }, false],
  ['two of which nothing is said, and it is the other’s', clinic([a, b]), { iss: b }, false],
  ['one that is said not to share, and it is of one that is listed no more', clinic([a], false), { iss: b }, false],
])('what was kept is of the EHR asked for where the organisation has %s', (_what, organisation, kept, is) => {
  expect(isOfEhr(organisation, kept, a)).toBe(is)
})

test('a person is somebody else in another organisation, and in an EHR that shares no ids', () => {
  const at = (id: string, iss: Iss, sharesIds: boolean) =>
    personKey({ ...clinic([a, b], sharesIds), id: id as OrganisationId }, iss, 'Practitioner/1') // sound: an id

  const apart = [at('riverside', a, false), at('riverside', b, false), at('harbor', a, false)]
  expect(new Set(apart).size).toBe(3)
  expect(at('riverside', b, true)).toBe(at('riverside', a, true))
})

test('nothing on the server tells people apart by organisation and reference alone', () => {
  const bare = /`[^`]*\$\{[^}]*organisation[^}]*\}[^`]*\$\{[^}]*(who|ref|fhirUser|patient|practitioner)\}/g
  const made = filesIn('server').filter(({ text }) => [...text.matchAll(bare)].some(([key]) => !/\$\{iss\}/.test(key)))

  // Notes left over are found so; the visit of each says of which EHR it is.
  expect(made.map(({ path }) => path).sort()).toEqual([
    'server/house/house.ts',
    'server/settings/bases.ts',
    'server/steps/day.ts',
  ])
})
