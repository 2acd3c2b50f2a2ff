// Somebody who was invited by a link: what opens it and what does not, where they wait, what they may see, and how it ends.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { hashed } from '../../server/domain/sign-in/secret.ts'
import type {
  AppointmentList,
  CallView,
  ClinicianView,
  InvitationMade,
  Me,
  PatientView,
  RoomToken,
} from '../../server/wire/wire.ts'
import { inviteSomebody, personIn, press, pressed, secretIn } from '../support/invited.ts'
import { ask, cookiesOf } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admit, bodyOf, inCall, inTheCall, knock, opened, tokenFor, visitIdOf, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients } = clinic
const interpreter = { as: 'interpreter', name: 'Inés Ortega', language: 'Spanish' }

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const viewOf = async (clinician: Parameters<typeof knock>[0], visit: string) =>
  bodyOf<ClinicianView>(await clinician.get(visit))
const stateOf = async (clinician: Parameters<typeof knock>[0], visit: string) =>
  (await viewOf(clinician, visit)).invited?.map(({ state }) => state)
const events = async (about: object) =>
  (await world.audit()).filter((line) => Object.entries(about).every(([key, value]) => line[key] === value))
/** The handle at the door of whoever goes by this name. */
const doorIdFor = async (clinician: Parameters<typeof knock>[0], visit: string, name: string) =>
  (await viewOf(clinician, visit)).door.find((one) => one.name === name)?.doorId ?? ''

describe('a link', () => {
  test('has its secret in the fragment, is kept as a hash alone, and opens the page of the visit at a press', async () => {
    const { clinician, visit } = await opened(world)
    const made = await inviteSomebody(clinician, visit)

    const answer = await press(world, { secret: made.secret })

    expect(new URL(made.link)).toMatchObject({ pathname: '/join.html', search: '' })
    expect(made.secret).toMatch(/^[\w-]{43}$/)
    const row = JSON.stringify(await world.house.visits.get(visitIdOf(visit)))
    expect(row).toContain(hashed(made.secret))
    for (const secret of [made.secret, made.code, made.code.replace('-', '')]) expect(row).not.toContain(secret)
    const { guest, visit: theirs } = personIn(world, answer)
    expect(theirs).toBe(visit)
    expect(bodyOf<Me>(await guest.get('/api/me'))).toMatchObject({
      ...{ role: 'guest', name: 'Ana Lindqvist', visit: visitIdOf(visit), onePatient: true },
    })
    const [cookies] = [answer.headers['set-cookie']].flat()
    expect(String(cookies)).toMatch(/HttpOnly.*Secure.*SameSite=None/i)
  })

  test('is bound by no GET: the page of the link is the same for everybody, sets nothing, and nothing is changed', async () => {
    const { clinician, visit } = await opened(world)
    await inviteSomebody(clinician, visit)
    const before = await viewOf(clinician, visit)

    const answer = await ask(world.url, '/join.html')

    expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined])
    expect(await viewOf(clinician, visit)).toEqual(before)
    expect(before.invited).toMatchObject([{ state: 'sent', name: 'Ana Lindqvist', by: 'Dr. Lillian Chen, MD' }])
    expect((await ask(world.url, '/invitations/pressed')).status).toBe(404)
  })

  test('serves one browser: the same may press again and goes on, another is refused, and the clinician sees that it tried', async () => {
    const { clinician, visit } = await opened(world)
    const made = await inviteSomebody(clinician, visit)
    const first = await press(world, { secret: made.secret })

    const again = await press(world, { secret: made.secret }, cookiesOf(first.headers))
    const other = await press(world, { secret: made.secret })

    expect(again.body).toEqual(first.body)
    expect(cookiesOf(again.headers)).toBe(cookiesOf(first.headers))
    expect([other.status, other.code, other.headers['set-cookie']]).toEqual([409, 'invitation-used', undefined])
    expect((await viewOf(clinician, visit)).invited).toMatchObject([{ state: 'opened', elsewhere: { count: 1 } }])
    expect(await events({ event: 'invitation-refused', invitation: made.invitation })).toMatchObject([
      { outcome: 'refused', code: 'invitation-used' },
    ])
    // So many tries are counted; after them nothing is written but the trail.
    for (let n = 0; n < 20; n++) await press(world, { secret: made.secret })
    await refuses(world, 'invitation-used', () => press(world, { secret: made.secret }))
    await world.restart()
    expect((await personIn(world, first).guest.get(visit)).status).toBe(200)
  })

  test('pressed on two phones in the same moment lets one of them in', async () => {
    const { clinician, visit } = await opened(world)
    const made = await inviteSomebody(clinician, visit)

    const answers = await Promise.all([1, 2, 3].map(() => press(world, { secret: made.secret })))

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  })

  test('that nobody made, another’s cookie, and a path without one say the same, and another visit is not theirs', async () => {
    const { clinician, visit } = await opened(world)
    const other = await opened(world)
    const guest = await pressed(world, await inviteSomebody(clinician, visit))
    const stranger = { ...guest, cookie: 'housecall=x'.padEnd(53, 'x') }

    await refuses(world, 'invitation-unknown', () => press(world, { secret: 'a'.repeat(43) }))
    const wrong = await ask(world.url, `${guest.home}${visit}`, { headers: { Cookie: stranger.cookie } })
    expect([wrong.status, wrong.code]).toEqual([404, 'invitation-unknown'])
    expect((await ask(world.url, `${guest.home}${visit}`)).code).toBe('session-ended')
    await refuses(world, 'not-your-visit', () => guest.get(other.visit))
    await refuses(world, 'not-your-visit', () => knock(guest, other.visit))
  })

  test('is good until the visit’s hours are over, and for four hours more in the browser in which it was pressed', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { clinician, visit } = await opened(own)
    const [late, made] = [await inviteSomebody(clinician, visit), await inviteSomebody(clinician, visit)]
    const guest = await pressed(own, made)

    own.later((Date.parse(late.until) - own.now()) / 60_000 + 1)

    await refuses(own, 'invitation-expired', () => press(own, { secret: late.secret }))
    expect((await guest.get(visit)).status).toBe(200)
    own.later(4 * 60)
    await refuses(own, 'invitation-expired', () => guest.get(visit))
  })
})

describe('where the organisation has several languages', () => {
  let own: World
  beforeAll(async () => {
    own = await openWorld({
      config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, languages: ['en', 'es', 'ar'] })) }),
    })
  })
  afterAll(() => own.close())
  const languageOf = async (path: string, headers = {}) =>
    /<html[^>]* lang="([^"]+)"/.exec((await ask(own.url, path, { headers })).text)?.[1]

  test('an invitation is written in the one in which its person reads, and so are its page and theirs, also when it is sent anew', async () => {
    const { clinician, visit } = await opened(own)
    expect(bodyOf<Me>(await clinician.get('/api/me')).languages).toEqual(['en', 'es', 'ar'])
    const made = await inviteSomebody(clinician, visit, { as: 'guest', name: 'Ana Lindqvist', reads: 'es' })

    const guest = await pressed(own, made)

    expect(made.mail.subject).toContain('Consulta por video')
    expect(made.sms).toContain(made.link)
    const { pathname, search } = new URL(made.link)
    expect(await languageOf(`${pathname}${search}`)).toBe('es')
    expect(await languageOf(`${guest.home}${visit.replace('/api', '')}`, { Cookie: guest.cookie })).toBe('es')
    const anew = bodyOf<InvitationMade>(
      await clinician.post(`${visit}/invitations/links`, { invitation: made.invitation }),
    )
    expect([anew.reads, anew.mail.subject]).toEqual(['es', made.mail.subject])
  })

  test('whoever is invited in none of them reads the first, and in one that is not switched on nobody is invited', async () => {
    const { clinician, visit } = await opened(own)

    const made = await inviteSomebody(clinician, visit)

    expect([made.reads, made.mail.subject]).toEqual(['en', expect.stringContaining('Video visit')])
    await refuses(own, 'bad-request', () =>
      clinician.post(`${visit}/invitations`, { as: 'guest', name: 'Ana', reads: 'fr' }),
    )
    expect(await languageOf('/join.html?reads=fr')).toBe('en')
  })
})

describe('a code', () => {
  test('is typed in any hand, and opens what the link does, for one browser', async () => {
    const { clinician, visit } = await opened(world)
    const { code } = await inviteSomebody(clinician, visit)
    const byHand = ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `

    const answer = await press(world, { code: byHand })

    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(personIn(world, answer).visit).toBe(visit)
    expect((await press(world, { code })).code).toBe('invitation-used')
  })

  test('that is guessed at is answered slowly, seen by the clinician, and closed after five tries; its link is still good', async () => {
    const { clinician, visit } = await opened(world)
    const made = await inviteSomebody(clinician, visit)
    const half = made.code.slice(0, 5)
    const guesses = ['22222', '33333', '44444', '55555', '66666'].map((rest) => `${half}-${rest}`)
    const slow = world.waits.length

    for (const code of guesses) expect((await press(world, { code })).code).toBe('invitation-unknown')

    expect(world.waits.slice(slow)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000])
    expect((await press(world, { code: made.code })).code).toBe('invitation-unknown')
    expect((await viewOf(clinician, visit)).invited).toMatchObject([{ state: 'sent', elsewhere: { count: 6 } }])
    expect(await events({ event: 'invitation-refused', invitation: made.invitation })).toHaveLength(6)
    await refuses(world, 'invitation-unknown', () => press(world, { code: '00000-00000' }))
    await refuses(world, 'invitation-unknown', () => press(world, { code: 'no code' }))
    expect((await press(world, { secret: made.secret })).status).toBe(200)
  })

  test('is typed ten times a minute from one address and no more', async () => {
    const own = await openWorld({ limits: { codes: 10 } })
    onTestFinished(() => own.close())

    for (let n = 0; n < 10; n++) expect((await press(own, { code: 'x' })).code).toBe('invitation-unknown')
    await refuses(own, 'too-many', () => press(own, { code: 'x' }))
    expect((await press(own, { secret: 'x' })).code).toBe('invitation-unknown')
  })
})

describe('whoever was invited', () => {
  test('waits at the same door, is let in by the clinician, and gets a token of their own that opens no lobby', async () => {
    const { clinician, patient, visit } = await inCall(world)
    const guest = await pressed(world, await inviteSomebody(clinician, visit, interpreter))
    await refuses(world, 'not-admitted', () => tokenFor(guest, visit))
    bodyOf(await knock(guest, visit))
    await refuses(world, 'not-admitted', () => tokenFor(guest, visit))
    expect(await stateOf(clinician, visit)).toEqual(['waiting'])

    bodyOf(await admit(clinician, visit, await doorIdFor(clinician, visit, 'Inés Ortega')))
    const token = bodyOf<RoomToken>(await tokenFor(guest, visit))
    bodyOf(await inTheCall(guest, visit))

    expect(token).toMatchObject({ moderator: false, displayName: 'Inés Ortega' })
    const claims = JSON.parse(Buffer.from(token.token.split('.')[1] ?? '', 'base64url').toString()) as {
      context: { user: object }
    }
    expect(claims.context.user).toMatchObject({ moderator: false, lobby_bypass: false, name: 'Inés Ortega' })
    expect(token.room).toBe(bodyOf<RoomToken>(await tokenFor(patient, visit)).room)
    expect(await stateOf(clinician, visit)).toEqual(['in'])
    expect((await viewOf(clinician, visit)).door).toMatchObject([
      { as: 'patient' },
      { as: 'interpreter', invited: { by: 'Dr. Lillian Chen, MD', language: 'Spanish' } },
    ])
  })

  test.each([
    ['American Sign Language', true],
    ['ASL', true],
    ['signed English', true],
    ['Spanish', undefined],
    ['Singhalese', undefined],
  ])(
    'who interprets %s in the call is told to the others’ pages as whoever must be seen: %s',
    async (language, signs) => {
      const { clinician, patient, visit } = await inCall(world)
      const guest = await pressed(world, await inviteSomebody(clinician, visit, { ...interpreter, language }))
      bodyOf(await knock(guest, visit))
      bodyOf(await admit(clinician, visit, await doorIdFor(clinician, visit, 'Inés Ortega')))
      bodyOf(await tokenFor(guest, visit))
      bodyOf(await inTheCall(guest, visit))

      const { others } = bodyOf<CallView>(await inTheCall(patient, visit))

      expect(others.find(({ name }) => name === 'Inés Ortega')?.signs).toBe(signs)
      expect(others.filter((one) => one.signs)).toHaveLength(signs ? 1 : 0)
    },
  )

  test('sees when it is and with whom, and neither the patient, nor the reason, nor the others at the door', async () => {
    const { clinician, visit } = await waiting(world, { patient: patients.margaret.reference })
    const guest = await pressed(world, await inviteSomebody(clinician, visit))
    const answer = await knock(guest, visit)

    const view = bodyOf<PatientView>(answer)

    expect(view).toMatchObject({ as: 'patient', place: { at: 'door' } })
    for (const part of ['patient', 'reason', 'patientInstruction', 'door']) expect(view).not.toHaveProperty(part)
    expect(answer.text).not.toMatch(/Margaret|Video visit: a test/)
  })

  test.each([
    ['get', '/api/appointments'],
    ['get', '/api/capability'],
    ['get', '/api/who-waits'],
    ['get', '/api/sign-ins'],
    ['post', '/api/visits'],
    ['post', '/api/hand-overs'],
    ['post', '/api/sign-ins/end'],
    ['get', '/note'],
    ['put', '/note'],
    ['post', '/note/signature'],
    ['post', '/note/filing'],
    ['post', '/admissions'],
    ['post', '/refusals'],
    ['post', '/returns'],
    ['post', '/identities'],
    ['post', '/lock'],
    ['post', '/recording'],
    ['post', '/invitations'],
    ['post', '/invitations/links'],
    ['post', '/invitations/revocations'],
    ['post', '/end'],
    ['post', '/outcome'],
  ] as const)('has no way to %s %s', async (method, path) => {
    const { clinician, visit } = await opened(world)
    const guest = await pressed(
      world,
      await inviteSomebody(clinician, visit, { as: 'colleague', name: 'Dr. Ola Berg' }),
    )
    const whole = path.startsWith('/api') ? path : `${visit}${path}`

    const answer = method === 'get' ? await guest.get(whole) : await guest[method](whole, {})

    expect([answer.status, answer.code]).toEqual([401, 'session-ended'])
  })

  test('makes nobody arrive, is asked by nobody who they are, and does not stand for the patient in what happened', async () => {
    const { clinician, visit } = await opened(world)
    const guest = await pressed(world, await inviteSomebody(clinician, visit))
    bodyOf(await knock(guest, visit))
    expect((await viewOf(clinician, visit)).status).toBe('planned')
    const doorId = await doorIdFor(clinician, visit, 'Ana Lindqvist')
    bodyOf(await admit(clinician, visit, doorId))
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await tokenFor(guest, visit))
    bodyOf(await inTheCall(guest, visit))
    const { door, nobodyCame } = await viewOf(clinician, visit)

    const { admittedAt } = door[0] ?? {}
    await refuses(world, 'bad-request', () =>
      clinician.post(`${visit}/identities`, { doorId, admittedAt, is: 'confirmed' }),
    )

    expect(nobodyCame).toBe(true)
    await refuses(world, 'bad-request', () => guest.post(`${visit}/devices`, { byTelephone: true }))
    bodyOf(await clinician.post(`${visit}/end`))
    expect((await viewOf(clinician, visit)).outcome).toEqual({ is: 'unsaid' })
  })

  test('who steps away, or says that they cannot make it, says nothing of the visit: neither its row of the day nor the clinician takes it for the patient’s word', async () => {
    const { clinician, visit } = await opened(world)
    const guest = await pressed(world, await inviteSomebody(clinician, visit, interpreter))
    bodyOf(await knock(guest, visit))
    const rowOf = async () =>
      bodyOf<AppointmentList>(await clinician.get('/api/appointments')).appointments.find(
        (one) => one.visit?.id === visitIdOf(visit),
      )?.visit
    const invited = [{ name: 'Inés Ortega', as: 'interpreter', state: 'waiting' }]
    expect(await rowOf()).toMatchObject({ status: 'planned', waiting: 0, here: 0, invited })
    expect(bodyOf<PatientView>(await guest.get(visit)).place).not.toHaveProperty('estimate')

    bodyOf(await guest.post(`${visit}/step-away`, { where: 'away' }))
    expect((await viewOf(clinician, visit)).door).toMatchObject([{ as: 'interpreter', away: { said: true } }])
    const { place } = bodyOf<PatientView>(await guest.post(`${visit}/devices`, { cannotCome: true }))

    expect(place).toMatchObject({ at: 'outside', cannotCome: expect.any(String) })
    const view = await viewOf(clinician, visit)
    expect(view.stuck).toMatchObject([{ as: 'interpreter', name: 'Inés Ortega', hindrance: { cannotCome: true } }])
    expect(view).not.toHaveProperty('cannotCome')
    expect(await rowOf()).not.toHaveProperty('cannotComeSince')
    bodyOf(await knock(guest, visit))
    expect(await stateOf(clinician, visit)).toEqual(['waiting'])
  })

  test('who left cannot be let in any more, and comes back by another knock', async () => {
    const { clinician, visit } = await opened(world)
    const guest = await pressed(world, await inviteSomebody(clinician, visit))
    bodyOf(await knock(guest, visit))
    const doorId = await doorIdFor(clinician, visit, 'Ana Lindqvist')
    expect((await guest.post(`${visit}/departures`)).status).toBe(204)

    await refuses(world, 'not-at-door', () => admit(clinician, visit, doorId))

    bodyOf(await knock(guest, visit))
    expect(await stateOf(clinician, visit)).toEqual(['waiting'])
  })
})

describe('an invitation that ends', () => {
  test('takes the sign-in, the place and the token with it when it is taken back, and its page is told at once', async () => {
    const { clinician, visit } = await inCall(world)
    const made = await inviteSomebody(clinician, visit)
    const guest = await pressed(world, made)
    bodyOf(await knock(guest, visit))
    bodyOf(await admit(clinician, visit, await doorIdFor(clinician, visit, 'Ana Lindqvist')))
    bodyOf(await tokenFor(guest, visit))
    const stream = await watch(world, guest, `${visit}/events`)

    bodyOf(await clinician.post(`${visit}/invitations/revocations`, { invitation: made.invitation }))

    await expect.poll(() => stream.ended()).toBe(true)
    for (const asks of [() => tokenFor(guest, visit), () => knock(guest, visit), () => guest.get(visit)])
      await refuses(world, 'invitation-revoked', asks)
    await refuses(world, 'invitation-revoked', () => press(world, { secret: made.secret }))
    expect((await viewOf(clinician, visit)).door.map(({ as }) => as)).toEqual(['patient'])
    expect(await stateOf(clinician, visit)).toEqual(['revoked'])
    await refuses(world, 'invitation-revoked', () =>
      clinician.post(`${visit}/invitations/links`, { invitation: made.invitation }),
    )
  })

  test('that was sent anew has another link and code: the old ones, and the browser they were pressed in, are out', async () => {
    const { clinician, visit } = await opened(world)
    const old = await inviteSomebody(clinician, visit)
    const guest = await pressed(world, old)
    bodyOf(await knock(guest, visit))

    const anew = bodyOf<InvitationMade>(
      await clinician.post(`${visit}/invitations/links`, { invitation: old.invitation }),
    )

    await refuses(world, 'invitation-unknown', () => guest.get(visit))
    await refuses(world, 'invitation-unknown', () => press(world, { secret: old.secret }))
    expect((await viewOf(clinician, visit)).door).toEqual([])
    const other = await press(world, { secret: secretIn(anew) })
    expect((await personIn(world, other).guest.get(visit)).status).toBe(200)
  })

  test('with the visit: no token, no place and no page is left of it', async () => {
    const { clinician, visit } = await inCall(world)
    const [made, unpressed] = [await inviteSomebody(clinician, visit), await inviteSomebody(clinician, visit)]
    const guest = await pressed(world, made)
    bodyOf(await knock(guest, visit))
    bodyOf(await admit(clinician, visit, await doorIdFor(clinician, visit, 'Ana Lindqvist')))
    bodyOf(await tokenFor(guest, visit))

    bodyOf(await clinician.post(`${visit}/end`))

    await refuses(world, 'invitation-expired', () => tokenFor(guest, visit))
    await refuses(world, 'invitation-expired', () => guest.get(visit))
    await refuses(world, 'invitation-expired', () => press(world, { secret: unpressed.secret }))
    await refuses(world, 'visit-finished', () => clinician.post(`${visit}/invitations`, interpreter))
  })

  test('eight people at a time are invited to a visit and no more; one that is taken back makes room', async () => {
    const { clinician, patient, visit } = await opened(world)
    const made = []
    for (let n = 0; n < 8; n++) made.push(await inviteSomebody(clinician, visit))

    await refuses(world, 'invitation-limit', () => clinician.post(`${visit}/invitations`, interpreter))

    bodyOf(await clinician.post(`${visit}/invitations/revocations`, { invitation: made[0]?.invitation }))
    await inviteSomebody(clinician, visit, interpreter)
    await refuses(world, 'clinician-only', () => patient.post(`${visit}/invitations`, interpreter))
  })

  test.each([
    ['a role nobody has', { as: 'moderator', name: 'x' }],
    ['no name', { as: 'guest', name: '  ' }],
    ['a name of two lines', { as: 'guest', name: 'a\nb' }],
    ['a name that turns what stands beside it', { as: 'guest', name: 'a\u202eb' }],
    ['a name longer than a line', { as: 'guest', name: 'x'.repeat(61) }],
  ])('nobody is invited by %s', async (_what, body) => {
    const { clinician, visit } = await opened(world)

    await refuses(world, 'bad-request', () => clinician.post(`${visit}/invitations`, body))
  })

  test('names nobody in the log and in the trail, and no secret', async () => {
    const { clinician, visit } = await opened(world)
    const made = await inviteSomebody(clinician, visit, { as: 'guest', name: 'Quirina Zabel' })
    const guest = await pressed(world, made)
    bodyOf(await knock(guest, visit))

    const written = [world.log(), JSON.stringify(await world.audit())].join()

    for (const secret of ['Quirina', 'Zabel', made.secret, made.code, guest.cookie.split('=')[1] ?? ''])
      expect(written).not.toContain(secret)
    expect(await events({ event: 'knock', who: `guest/${made.invitation}` })).toMatchObject([{ role: 'guest' }])
  })
})
