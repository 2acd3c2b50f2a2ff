// A person is not their launch: whom no EHR signed in walks the visit all the same, and stands in no Encounter.
import { expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { AtVisit } from '../../server/house/caller.ts'
import { join } from '../../server/steps/join.ts'
import { tell } from '../../server/steps/presence.ts'
import { look } from '../../server/steps/visit.ts'
import { knock, leave } from '../../server/steps/waiting.ts'
import { admit, bodyOf, devices, doorIdOf, file, opened, save, sign, tokenFor, visitIdOf } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

test('somebody whom no EHR knows knocks, is let in, joins and is seen there; the Encounter names the clinician alone', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { house } = world
  const { clinician, visit, appointment } = await opened(world)
  const them = async (): Promise<AtVisit> => {
    const id = visitIdOf(visit)
    const [row, [organisation]] = [await house.visits.get(id), house.config.organisations]
    if (row === undefined || organisation === undefined) throw new Error('there is no such visit')
    return { visit: row, organisation, person: { who: 'guest/aunt', name: 'Ines Whitfield', role: 'representative' } }
  }

  await knock(house, await them(), { devices })
  bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
  bodyOf(await tokenFor(clinician, visit))
  const room = await join(house, await them(), {})
  await tell(house, await them(), { at: 'in', sees: [] })
  const seen = await look(house, await them(), {})
  await leave(house, await them(), {})
  bodyOf(await save(clinician, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
  bodyOf(await file(clinician, visit))

  expect(room.body).toMatchObject({ displayName: 'Ines Whitfield', moderator: false })
  expect(seen.body).toMatchObject({ as: 'patient', place: { at: 'admitted' } })
  const encounter = world.ehr.all('Encounter').find((e) => e.appointment?.[0]?.reference?.endsWith(`/${appointment}`))
  expect(encounter?.participant?.map((p) => p.individual?.reference)).toEqual([clinic.practitioners.chen.reference])
  const attended = (await world.audit()).filter(({ event }) => event === 'visit-attended')
  expect(attended.map(({ who }) => who)).toContain('guest/aunt')
})
