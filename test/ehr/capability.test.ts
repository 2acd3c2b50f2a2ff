// What each EHR can do for a visit: its own statement, the granted scope, the clinic's policies and the administrator's word, one verdict each.
import { describe, expect, onTestFinished, test } from 'vitest'
import { ehrWords } from '../../client/note/ehr-words.ts'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import {
  type Ability,
  abilities,
  amendsBy,
  may,
  profileOf,
  type Statement,
  type Verdict,
  type Weighed,
} from '../../server/domain/ehr/capability.ts'
import { CapabilityStatement } from '../../server/outside/ehr/resources.ts'
import type { CapabilityView } from '../../server/wire/wire.ts'
import { startEhrOf } from '../support/chart.ts'
import { bodyOf, book } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

const { patients, practitioners } = clinic

const policies = { createEncounters: true, drafts: true, chart: true }
const weighed = (of: Partial<Weighed> = {}) => profileOf({ can: {}, policies, ...of })

/** What the sandbox says of itself at its clinicians' base, or its patients'. */
async function statementOf(personality: Personality, base: 'provider' | 'patient' = 'provider'): Promise<Statement> {
  const ehr = await startEhrOf(personality)
  const said: unknown = await (await fetch(`${ehr.issuers[base]}/metadata`)).json()
  await ehr.close()
  return CapabilityStatement.parse(said)
}

const all = (verdict: Verdict) => Object.fromEntries(abilities.map((a) => [a, verdict])) as Record<Ability, Verdict> // sound: one for each

const expected: Readonly<Record<string, Record<Ability, Verdict>>> = {
  generic: all('yes'),
  launcher: all('yes'),
  epic: {
    ...all('yes'),
    createEncounters: 'not-its-way',
    finishEncounters: 'not-its-way',
    replaceNotes: 'not-its-way',
    changeAppointments: 'not-its-way',
    fileConsents: 'not-its-way',
    transaction: 'not-its-way',
    conditionalCreate: 'not-its-way',
  },
  oracle: {
    ...all('yes'),
    findRoles: 'not-offered',
    findEncounterByAppointment: 'not-offered',
    fileConsents: 'not-its-way',
    finishEncounters: 'not-its-way',
    draftNotes: 'not-its-way',
    replaceNotes: 'not-its-way',
    transaction: 'not-its-way',
    conditionalCreate: 'not-its-way',
  },
}
const theirs: Record<Ability, Verdict> = {
  ...expected.oracle,
  ...{ createEncounters: 'not-offered', fileNotes: 'not-offered', updateNotes: 'not-offered' },
  changeAppointments: 'not-offered',
} as Record<Ability, Verdict> // sound: oracle's has all of them

describe('what an EHR says of itself', () => {
  test.each([generic, launcher, epic, oracle])('gives $name its verdicts', async (personality) => {
    const profile = weighed({ statement: await statementOf(personality) })

    expect(profile.verdicts).toEqual(expected[personality.name])
    expect(profile).toMatchObject({ told: true, software: `Sandbox EHR (${personality.name})` })
  })

  test('is judged by what it says of itself as a server, wherever in the list that stands', async () => {
    const statement = await statementOf(generic)
    const asClient = { mode: 'client', resource: [{ type: 'Patient', interaction: [{ code: 'read' }] }] }

    const both = weighed({ statement: { ...statement, rest: [asClient, ...(statement.rest ?? [])] } })

    expect(both).toEqual(weighed({ statement }))
  })

  test('at the base of Oracle’s patients offers nothing that writes', async () => {
    const profile = weighed({ statement: await statementOf(oracle, 'patient') })

    expect(profile.verdicts).toEqual(theirs)
  })

  test.each([
    [generic, 'generic', 'update', 'actor', ['identifier', 'patient'], 'replace'],
    [launcher, 'generic', 'update', 'actor', ['identifier', 'patient'], 'replace'],
    [epic, 'epic', 'update', 'actor', ['identifier', 'patient'], 'update'],
    [oracle, 'oracle', 'patch', 'practitioner', ['patient'], 'update'],
  ] as const)('tells the ways of $name apart', async (personality, kind, appointmentsBy, of, notesBy, amends) => {
    const profile = weighed({ statement: await statementOf(personality) })

    expect(profile).toMatchObject({ kind, appointmentsBy, appointmentsOf: of, notesBy })
    expect(amendsBy(profile)).toBe(amends)
  })

  test.each([
    ['Epic', undefined, 'epic'],
    ['Chronicles', 'Epic Systems Corporation', 'epic'],
    ['Epicentre', undefined, 'generic'],
    ['Cerner Millennium', undefined, 'oracle'],
    [undefined, 'Oracle Health', 'oracle'],
    [undefined, undefined, 'generic'],
  ] as const)('names its maker: software %s of %s is %s', (name, publisher, kind) => {
    const statement = { ...(name && { software: { name } }), ...(publisher && { publisher }), rest: [] }

    expect(weighed({ statement }).kind).toBe(kind)
  })
})

describe('an EHR whose /metadata is silent', () => {
  test('is asked with care: what does no harm when it is refused is tried; drafts, replacing and Bundles are not', () => {
    const profile = weighed()

    const tried = abilities.filter((ability) => may(profile, ability))
    expect(profile.told).toBe(false)
    expect(tried).toEqual([
      ...['findAppointments', 'findRoles', 'findEncounterByAppointment', 'findEncounterByIdentifier'],
      ...['findEncounterByPatient', 'createEncounters', 'finishEncounters', 'fileNotes', 'findNotes', 'updateNotes'],
      ...['changeAppointments', 'conditionalCreate', 'readProblems', 'readMedicines', 'readAllergies', 'readVitals'],
      ...['readResults', 'readVisits', 'readNotes'],
    ])
    expect(tried.map((a) => profile.verdicts[a])).toEqual(tried.map(() => 'untold'))
    expect(profile.notesBy).toEqual(['identifier', 'patient'])
    expect(amendsBy(profile)).toBe('update')
  })

  test('does what its administrator says that it does', () => {
    const profile = weighed({ can: { createEncounters: true, updateNotes: true } })

    expect([profile.verdicts.createEncounters, profile.verdicts.updateNotes]).toEqual(['yes', 'yes'])
    expect(amendsBy(profile)).toBe('update')
  })
})

describe('the administrator', () => {
  test.each(abilities)('switches %s off, whatever the EHR says', async (ability) => {
    const profile = weighed({ statement: everything, can: { [ability]: false } })

    expect(profile.verdicts).toEqual({ ...all('yes'), [ability]: 'switched-off' })
    expect(may(profile, ability)).toBe(false)
  })

  test.each(abilities)('insists on %s where the EHR does not list it, or its kind refuses it', (ability) => {
    const kinds = ['generic', 'epic', 'oracle'] as const

    const verdicts = kinds.map((kind) => weighed({ statement: {}, kind, can: { [ability]: true } }).verdicts[ability])

    expect(verdicts).toEqual(['yes', 'yes', 'yes'])
  })

  test('says which kind it is, against what it calls itself', () => {
    expect(weighed({ statement: { software: { name: 'Epic' } }, kind: 'oracle' }).kind).toBe('oracle')
  })

  test('cannot insist on what was not granted, nor against the clinic', () => {
    const scope = 'user/DocumentReference.rs'

    const { verdicts } = weighed({
      scope,
      can: { fileNotes: true, createEncounters: true },
      policies: { createEncounters: false, drafts: false },
    })

    expect([verdicts.fileNotes, verdicts.createEncounters, verdicts.draftNotes]).toEqual([
      ...['not-granted', 'not-allowed', 'not-allowed'],
    ])
  })
})

describe('the granted scope', () => {
  test.each([
    ['user/*.cruds', []],
    ['user/*.rs', ['createEncounters', 'finishEncounters', 'fileNotes', 'draftNotes', 'replaceNotes', 'updateNotes']],
    ['user/*.read', ['createEncounters', 'finishEncounters', 'fileNotes', 'draftNotes', 'replaceNotes', 'updateNotes']],
    ['user/*.rcs', ['finishEncounters', 'draftNotes', 'updateNotes']],
    ['user/*.write', []],
  ] as const)('%s takes away what it does not cover', (scope, lacking) => {
    const { verdicts } = weighed({ statement: everything, scope })

    const writing = ['createEncounters', 'finishEncounters', 'fileNotes', 'draftNotes', 'replaceNotes', 'updateNotes']
    expect(writing.filter((a) => verdicts[a as Ability] === 'not-granted')).toEqual(lacking)
  })

  test('that is empty leaves nothing that touches a resource', () => {
    const { verdicts } = weighed({ statement: everything, scope: '' })

    // A Consent is the patient's to write: by the scope of their sign-in, and not of the clinician's.
    expect(abilities.filter((a) => verdicts[a] === 'yes')).toEqual(['fileConsents', 'transaction', 'conditionalCreate'])
  })
})

const read = (...codes: readonly string[]) => codes.map((code) => ({ code }))
const by = (...names: readonly string[]) => names.map((name) => ({ name }))
/** A statement that lists all that is ever asked for. */
const everything: Statement = {
  rest: [
    {
      interaction: read('transaction'),
      resource: [
        {
          ...{ type: 'DocumentReference', conditionalCreate: true },
          interaction: read('create', 'update', 'search-type'),
          searchParam: by('identifier', 'patient'),
        },
        { type: 'Consent', interaction: read('create', 'update') },
        {
          ...{ type: 'Encounter', interaction: read('create', 'update', 'search-type') },
          searchParam: by('appointment', 'identifier', 'patient', 'date'),
        },
        {
          ...{ type: 'Appointment', interaction: read('search-type', 'update') },
          searchParam: by('patient', 'actor'),
        },
        { type: 'PractitionerRole', searchParam: by('practitioner') },
        ...['Condition', 'MedicationRequest', 'AllergyIntolerance', 'Observation'].map((type) => ({
          ...{ type, interaction: read('search-type'), searchParam: by('patient', 'category') },
        })),
      ],
    },
  ],
}

describe('what a sign-in is told to have brought', () => {
  const echoing: Personality = {
    ...{ ...generic, smart: { ...generic.smart, appointment: 'never', echoes: ['launch/appointment'] } },
  }
  test.each([
    ['by the book', generic, true],
    ['that echoes launch/appointment and never answers it', echoing, false],
  ])('is read off the launch itself, at an EHR %s', async (_is, personality, told) => {
    const world = await openWorld({ personality })
    onTestFinished(() => world.close())
    const appointment = await book(world)

    const chen = await world.signIn({ user: practitioners.chen.reference, patient: patients.margaret.id, appointment })
    const { scope, signIn } = bodyOf<CapabilityView>(await chen.get('/api/capability'))

    expect(scope).toContain('launch/appointment')
    expect(signIn).toEqual({ renewed: true, toldAppointment: told, toldEncounter: false })
    expect(ehrWords.signIn(signIn)[1]).toBe(
      told
        ? 'Your sign-in told which appointment it is for.'
        : 'Your sign-in did not tell which appointment it is for: it is looked for by patient and day.',
    )
  })
})
