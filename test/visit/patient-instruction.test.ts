// What the Appointment tells its patient is told them here, before what the clinic tells everyone; and what to do in an emergency.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Me, PatientView } from '../../server/wire/wire.ts'
import { bodyOf, open, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** The Appointment's own words to its patient, changed behind everyone's back. */
async function tell(appointment: string, patientInstruction: string): Promise<void> {
  const kept = world.ehr.resource('Appointment', appointment)
  if (kept === undefined) throw new Error('the Appointment was booked')
  await world.ehr.put({ ...kept, patientInstruction })
}

async function toldIn(instruction: string) {
  const { appointment, patient, visit } = await opened(world)
  await tell(appointment, instruction)
  await open(patient, appointment)
  return bodyOf<PatientView>(await patient.get(visit)).patientInstruction
}

test('the patient reads the Appointment’s own words, in one line', async () => {
  expect(await toldIn('Have your blood pressure cuff ready.\r\n\r\nSit by a window.')).toBe(
    'Have your blood pressure cuff ready. Sit by a window.',
  )
})

test('a long one is shown as one that goes on', async () => {
  const told = await toldIn('Drink a glass of water. '.repeat(400))

  expect(told).toMatch(/^Drink a glass of water\. .* …$/)
  expect(told?.length).toBeLessThan(2_100)
})

test('one that says nothing is none, and one that is taken back is gone', async () => {
  const { appointment, patient, visit } = await opened(world)
  const instruction = async (text: string) => {
    await tell(appointment, text)
    await open(patient, appointment)
    return bodyOf<PatientView>(await patient.get(visit)).patientInstruction
  }

  expect(await instruction('Sit by a window.')).toBe('Sit by a window.')
  expect(await instruction('–')).toBeUndefined()
})

test('a page is told what the clinic says of emergencies, where it says something', async () => {
  const emergency = 'In an emergency, call 112.'
  const own = await openWorld({
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, emergency })) }),
  })
  const { patient } = await opened(own)
  const without = (await opened(world)).patient

  expect(bodyOf<Me>(await patient.get('/api/me')).organisation).toMatchObject({ emergency })
  expect(bodyOf<Me>(await without.get('/api/me')).organisation).not.toHaveProperty('emergency')
  await own.close()
})
