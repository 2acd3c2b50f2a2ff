// A clinic's word on its calls, over HTTP: what stands in each side's entry, what the page is told, and what the room calls people.
import { decodeJwt } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ref } from '../../server/domain/ids.ts'
import { tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import type { Organisation } from '../../server/settings/config.ts'
import type { ClinicianView, RoomToken } from '../../server/wire/wire.ts'
import { having } from '../support/chart.ts'
import { admit, bodyOf, doorIdOf, inCall, knock, opened, tokenFor } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

const { patients, practitioners } = clinic

const Claims = z.object({
  context: z.object({
    user: z.strictObject({ id: z.string(), name: z.string(), moderator: z.boolean(), lobby_bypass: z.boolean() }),
    features: z.record(z.string(), z.boolean()),
  }),
})

/** Both sides' entries at a clinic with these policies. */
async function entries(policies: Partial<Organisation['policies']>) {
  const world = await openWorld({ config: having({ policies }) })
  onTestFinished(() => world.close())
  const both = await inCall(world)
  const entry = async (person: typeof both.clinician) => {
    const token = bodyOf<RoomToken>(await tokenFor(person, both.visit))
    return { ...token, ...Claims.parse(decodeJwt(token.token)).context }
  }
  return { ...both, world, hers: await entry(both.clinician), theirs: await entry(both.patient) }
}

describe('unless a clinic says otherwise', () => {
  test('both sides may chat, the clinician shares her screen, and each thing they may not do is said', async () => {
    const { hers, theirs } = await entries({})

    for (const { features, call } of [hers, theirs]) {
      expect(features).toEqual({
        ...{ recording: false, livestreaming: false, transcription: false, 'live-translation': false },
        ...{ 'outbound-call': false, 'inbound-call': false, 'sip-outbound-call': false, 'sip-inbound-call': false },
        ...{ 'send-groupchat': true, 'send-private-message': true, 'screen-sharing': call.screenShare },
        ...{ 'create-polls': false, 'file-upload': false, 'name-readonly': true },
      })
      expect(call).toMatchObject({ chat: true, recording: false, endToEnd: false, relayOnly: false })
    }
    expect([hers.call.screenShare, theirs.call.screenShare]).toEqual([true, false])
  })

  test('the doctor moderates and passes the lobby, the patient does neither, and both have their names', async () => {
    const { hers, theirs } = await entries({})

    expect(
      [hers.user, theirs.user].map(({ name, moderator, lobby_bypass }) => [name, moderator, lobby_bypass]),
    ).toEqual([
      [practitioners.chen.name, true, true],
      [patients.margaret.name, false, false],
    ])
  })
})

describe('a clinic that', () => {
  test('wants no chat and no shared screens has none, on either side', async () => {
    const { hers, theirs } = await entries({ chat: false, screenShare: false })

    for (const { features, call } of [hers, theirs]) {
      expect(features).toMatchObject({
        'send-groupchat': false,
        'send-private-message': false,
        'screen-sharing': false,
      })
      expect(call).toMatchObject({ chat: false, screenShare: false })
    }
  })

  test('allows recording records nobody before they have agreed', async () => {
    const { hers, theirs } = await entries({ recording: true })

    expect([hers, theirs].map(({ features, call }) => [features.recording, call.recording])).toEqual([
      [false, false],
      [false, false],
    ])
  })

  test('wants calls encrypted, or addresses hidden, tells both pages', async () => {
    const { hers, theirs } = await entries({ endToEnd: true, relayOnly: true })

    for (const { call } of [hers, theirs]) expect(call).toMatchObject({ endToEnd: true, relayOnly: true })
  })

  test('shows first names and initials has them in the entry, in the room, and for the doctor who lets people in', async () => {
    const { hers, theirs, clinician, visit } = await entries({ names: 'first-and-initial' })

    const shown = [hers, theirs].map(({ displayName, user }) => [displayName, user.name])
    expect(shown).toEqual([
      ['Lillian C.', 'Lillian C.'],
      ['Margaret W.', 'Margaret W.'],
    ])
    const { door } = bodyOf<ClinicianView>(await clinician.get(visit))
    expect(door.map(({ name, called }) => [name, called])).toEqual([[patients.margaret.name, 'Margaret W.']])
  })

  test('shows roles alone has no name in either entry', async () => {
    const { hers, theirs } = await entries({ names: 'role' })

    expect([hers.user.name, theirs.user.name]).toEqual(['Clinician', 'Patient'])
    for (const { token } of [hers, theirs]) {
      const said = JSON.stringify(decodeJwt(token))
      // Two letters stand in many an id that was drawn by lot.
      for (const name of [patients.margaret.name, practitioners.chen.name])
        for (const [word] of name.matchAll(/\p{L}{4,}/gu)) expect(said).not.toContain(word)
    }
  })
})

test('before a person has an entry, the room has no name for them', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { clinician, patient, visit } = await opened(world)
  bodyOf(await knock(patient, visit))
  bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))

  expect(bodyOf<ClinicianView>(await clinician.get(visit)).door[0]).not.toHaveProperty('called')
})

test('who shares a name with somebody in the room is called otherwise, and so is let in as themselves', async () => {
  const world = await openWorld({ config: having({ policies: { names: 'role' } }) })
  onTestFinished(() => world.close())
  const { clinician, visit, patient } = await opened(world)
  const [kept] = await world.house.visits.find('practitioner', practitioners.chen.reference)
  if (kept === undefined) throw new Error('the visit is open')
  // Another doctor came before: their entry was the first, under the same word.
  const okafor = practitioners.okafor.reference as Ref // sound: the fixtures' own reference
  const now = world.house.now()
  await world.house.changeVisit(kept.id, (v: Visit) => {
    const at = tokenGiven(v, okafor, 'other', now)
    return { ...at, attendance: at.attendance.map((a) => ({ ...a, displayName: 'Clinician' })) }
  })
  bodyOf(await knock(patient, visit))

  expect(bodyOf<RoomToken>(await tokenFor(clinician, visit)).displayName).toBe('Clinician (2)')
})
