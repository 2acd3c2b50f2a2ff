// What happened is written in one place: by whom, where, and how it went.
import { expect, test } from 'vitest'
import type { Iss } from '../../server/domain/ids.ts'
import { openTrail } from '../../server/house/trail.ts'
import type { AuditEntry } from '../../server/outside/record/audit.ts'
import { filesIn } from '../support/sources.ts'

const person = { who: 'Practitioner/1', role: 'clinician', name: 'Dr. Amy Chen' } as const
const clinic = { id: 'riverside', name: 'Riverside Family Clinic' }

function trail() {
  const lines: AuditEntry[] = []
  return { lines, happened: openTrail(async (entry) => void lines.push(entry)) }
}

test('an event is a success of this person at this visit, with no name and no more of the visit than its id', async () => {
  const { lines, happened } = trail()
  const visit = { id: 'v1', face: { name: 'Margaret Whitfield' } }

  await happened({ person, organisation: clinic, visit }, 'admit', { doorId: 'g1' })

  const by = { organisation: 'riverside', visit: 'v1', who: 'Practitioner/1', role: 'clinician' }
  expect(lines).toEqual([{ event: 'admit', outcome: 'success', ...by, doorId: 'g1' }])
})

test('where an organisation has EHRs that share no ids, a line says under which base URL its references are meant', async () => {
  const { lines, happened } = trail()
  const [here, there] = ['https://a.example/fhir', 'https://b.example/fhir'] as Iss[] as [Iss, Iss] // sound: base URLs
  const [issuers, launch] = [[{ iss: here }, { iss: there }], { iss: here }]
  const two = { ...clinic, issuers, sharesIds: false }

  await happened({ person, organisation: two, launch }, 'launch')
  await happened({ organisation: two, visit: { id: 'v1', iss: there } }, 'call-closed')
  await happened({ person, organisation: { ...two, sharesIds: true }, launch }, 'launch')
  await happened({ person, organisation: { ...clinic, issuers: [launch] }, launch }, 'launch')

  expect(lines.map(({ base }) => base)).toEqual([here, there, undefined, undefined])
})

test('what was refused or has failed says so; what Jitsi tells is nobody’s doing', async () => {
  const { lines, happened } = trail()

  await happened({ organisation: clinic }, 'launch-refused', { outcome: 'refused', code: 'fault' })

  expect(lines).toEqual([{ event: 'launch-refused', outcome: 'refused', organisation: 'riverside', code: 'fault' }])
})

test('a line that cannot be written is no line: whoever tells of it hears that', async () => {
  const happened = openTrail(() => Promise.reject(new Error('no space left')))

  await expect(happened({ organisation: clinic }, 'launch')).rejects.toThrow('no space left')
})

test('nothing on the server writes into the audit trail but the one place', () => {
  const writing = filesIn('server').filter(({ text }) => /\baudit\(|\baudit\.write\(|record\.audit\b/.test(text))

  expect(writing.map(({ path }) => path)).toEqual([
    'server/house/trail.ts',
    'server/house/written-down.ts',
    'server/outside/record/record.ts',
  ])
})
