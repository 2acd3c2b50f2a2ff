// The chart beside the video at every kind of EHR: which scopes are asked for, that nobody is kept from signing in for want of one, and that
// each part is searched as that kind takes it.
import { describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { launcherOverHapi } from '../../sandbox/ehr/personalities/hapi.ts'
import { keycloak } from '../../sandbox/ehr/personalities/keycloak.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { chartParts } from '../../server/domain/ehr/chart-parts.ts'
import { chartScopes, coversCategory, scopesFor } from '../../server/domain/ehr/scopes.ts'
import type { ChartView } from '../../server/wire/wire.ts'
import { type Changes, having } from '../support/chart.ts'
import { bodyOf, opened } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

/** What each part is for the clinician of Margaret's visit. */
async function partsAt(personality: Personality, issuer: NonNullable<Changes['issuer']> = {}) {
  const world = await openWorld({ personality, config: having({ policies: { chart: true }, issuer }) })
  const { clinician, visit } = await opened(world)
  const views = await Promise.all(
    chartParts.map(async (part) => bodyOf<ChartView>(await clinician.get(`${visit}/chart?part=${part}`))),
  )
  const chartTypes = /^\/(Condition|MedicationRequest|AllergyIntolerance|Observation|Encounter|DocumentReference)$/
  const refused = world.ehr.requests.filter(({ path, status }) => chartTypes.test(path) && status >= 400)
  await world.close()
  return { outcomes: Object.fromEntries(views.map(({ part, outcome }) => [part, outcome])), refused }
}

const full = { problems: 'read', medicines: 'read', allergies: 'read', vitals: 'read' }
const rest = { results: 'nothing', visits: 'nothing', notes: 'nothing' }
const notGranted = Object.fromEntries(
  ['problems', 'medicines', 'allergies', 'vitals', 'results'].map((part) => [part, 'not-granted']),
)

describe('the chart', () => {
  test.each<[string, Personality, NonNullable<Changes['issuer']>, object]>([
    ['an EHR by the book', generic, {}, { ...full, ...rest }],
    ['the public launcher', launcher, {}, { ...full, ...rest }],
    ['a HAPI behind it', launcherOverHapi, {}, { ...full, ...rest }],
    ['Medplum', medplum, {}, { ...full, ...rest }],
    ['Oracle Health', oracle, {}, { ...full, ...rest }],
    ['Epic, whose kind the settings say', epic, { ehr: 'epic' }, { ...full, ...rest }],
    ['Epic, whose list names no scopes, where nobody says that it is Epic', epic, {}, { ...rest, ...notGranted }],
    ['Keycloak, which knows only the scopes that somebody made', keycloak, {}, { ...rest, ...notGranted }],
  ])(
    'of %s is read as far as it is granted, and nothing is asked that it refuses',
    async (_name, personality, issuer, outcomes) => {
      expect(await partsAt(personality, issuer)).toEqual({ outcomes, refused: [] })
    },
  )

  test('is not granted where the administrator asks for scopes without it, and everything else is', async () => {
    const scopes = scopesFor(generic.capabilities, 'ehr')

    const { outcomes } = await partsAt(generic, { scopes })

    expect(outcomes).toEqual({ ...notGranted, visits: 'nothing', notes: 'nothing' })
  })

  test('is off part by part where the administrator says so', async () => {
    const { outcomes } = await partsAt(generic, { can: { readNotes: false, readVitals: false } })

    expect(outcomes).toMatchObject({ notes: 'off', vitals: 'off', problems: 'read' })
  })
})

describe('the scopes', () => {
  const v2 = ['permission-v2']
  const all = ['Condition', 'MedicationRequest', 'AllergyIntolerance', 'Observation'].map((type) => `user/${type}.rs`)

  test.each<[string, readonly string[], readonly string[], string | undefined, readonly string[]]>([
    ['a list of everything', v2, ['user/*.cruds'], undefined, [...all, 'user/Binary.r']],
    [
      'v1',
      ['permission-v1'],
      ['user/*.read'],
      undefined,
      [...all.map((s) => s.replace('.rs', '.read')), 'user/Binary.read'],
    ],
    [
      'a list of some',
      v2,
      ['user/Condition.rs', 'user/Observation.r', 'patient/*.cruds'],
      undefined,
      ['user/Condition.rs'],
    ],
    ['a list without resources', v2, ['openid', 'launch'], undefined, []],
    ['a list without resources, of Epic', v2, ['openid', 'launch'], 'epic', [...all, 'user/Binary.r']],
    ['no list', v2, [], undefined, []],
  ])('that are asked for are those in the list: %s', (_name, capabilities, supported, kind, asked) => {
    expect(chartScopes(capabilities, supported, kind)).toEqual(asked)
  })

  test('are not asked for where patients alone sign in', () => {
    expect(scopesFor(v2, 'ehr', 'patients', all)).not.toContain('Condition')
    expect(scopesFor(v2, 'ehr', 'clinicians', all)).toContain('user/Condition.rs')
  })

  const vitals = 'user/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs'
  test.each<[string, string, string | undefined, boolean]>([
    [vitals, 'Observation', 'vital-signs', true],
    [vitals, 'Observation', 'laboratory', false],
    [vitals, 'Observation', undefined, false],
    ['user/Observation.rs', 'Observation', 'laboratory', true],
    ['user/Observation.r', 'Observation', 'laboratory', false],
    ['user/*.read', 'Condition', undefined, true],
    [`${vitals} user/Observation.rs?category=laboratory`, 'Observation', 'laboratory', true],
    ['user/Observation.rs?code=1', 'Observation', 'laboratory', false],
  ])('%s reaches %s of the category %s: %s', (granted, type, category, reaches) => {
    expect(coversCategory(granted, type, category)).toBe(reaches)
  })
})
