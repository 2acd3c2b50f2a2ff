// A person is not their launch: whom no EHR signed in walks the visit all the same. Of them an interpreter stands in its Encounter, by name alone.
import { expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { PatientView, RoomToken } from '../../server/wire/wire.ts'
import { inviteSomebody, pressed } from '../support/invited.ts'
import { admit, bodyOf, file, inCall, inTheCall, knock, save, sign, tokenFor } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

test('an interpreter and a guest are in the call: the Encounter names the interpreter, as one, and the guest nowhere', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { clinician, visit, appointment } = await inCall(world)
  const invitees = [
    { as: 'interpreter', name: 'Inés Ortega', language: 'Spanish' },
    { as: 'guest', name: 'Ana Whitfield' },
  ]
  for (const person of invitees) {
    const them = await pressed(world, await inviteSomebody(clinician, visit, person))
    bodyOf(await knock(them, visit))
    const { door } = bodyOf<{ door: { name: string; doorId: string }[] }>(await clinician.get(visit))
    bodyOf(await admit(clinician, visit, door.find(({ name }) => name === person.name)?.doorId ?? ''))
    const room = bodyOf<RoomToken>(await tokenFor(them, visit))
    bodyOf(await inTheCall(them, visit))
    expect(room).toMatchObject({ displayName: person.name, moderator: false })
    expect(bodyOf<PatientView>(await them.get(visit))).toMatchObject({ as: 'patient', place: { at: 'admitted' } })
  }

  bodyOf(await save(clinician, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
  bodyOf(await file(clinician, visit))

  const encounter = world.ehr.all('Encounter').find((e) => e.appointment?.[0]?.reference?.endsWith(`/${appointment}`))
  expect(encounter?.participant).toMatchObject([
    { individual: { reference: clinic.practitioners.chen.reference } },
    {
      type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/participant-type', code: 'translator' }] }],
      individual: { display: 'Inés Ortega' },
    },
  ])
  expect(JSON.stringify(encounter)).not.toMatch(/guest\/|Whitfield|Spanish/)
  const attended = (await world.audit()).filter(({ event }) => event === 'visit-attended')
  expect(attended.filter(({ who }) => String(who).startsWith('guest/'))).toHaveLength(2)
})
