// The URLs that are no row of the table of routes: the way in, event streams, what Jitsi's server asks, keys, pages. A test holds that
// these and the table are all that the app has.

import { CallEvent, Reservation } from '../../server/wire/jitsi.ts'
import type { ReplyTypes, Schema } from './reply-types.ts'
import { jsonBody } from './requests.ts'
import { json, refusedBy } from './responses.ts'
import { type Row, row, text } from './row.ts'
import { handOvers, invitationPress, wayIn } from './way-in.ts'

export function beside(types: ReplyTypes, taken: Map<string, Schema>): readonly Row[] {
  return [
    ...streams(),
    ...wayIn(types),
    ...handOvers(types, taken),
    invitationPress(types, taken),
    ...fromJitsi(types, taken),
    ...forJitsi(),
    ...pages(),
    ...running(),
  ]
}

const page = text('text/html', 'A page.')
const done = { 204: { description: 'Done.' } }

function streams(): readonly Row[] {
  const stream = row('visits')
  const says = 'Server-sent events that say "look again" and carry no data; a heartbeat every 15 seconds.'
  const security = [{ signIn: [] }]
  const responses = { ...text('text/event-stream', says), ...refusedBy([401, 403, 429]) }
  return [
    stream('get', '/v/:launch/api/visits/:visit/events', {
      ...{
        operationId: 'visitEvents',
        description: `Of one visit, for its parties. \`id\` is its revision. ${says}`,
        security,
        responses,
      },
      parameters: [{ name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } }],
    }),
    stream('get', '/v/:launch/api/events', {
      ...{ operationId: 'dayEvents', description: `Of a clinician's day. ${says}`, security, responses },
    }),
  ]
}

const events = {
  '': 'Any of the four, for whoever sends all to one address.',
  '/room/created': 'A room has begun.',
  '/room/destroyed': 'A room is empty, with all who were in it.',
  '/occupant/joined': 'Somebody has come into a room.',
  '/occupant/left': 'Somebody has left a room.',
}

function fromJitsi(types: ReplyTypes, taken: Map<string, Schema>): readonly Row[] {
  const asked = row('jitsi')
  const security = [{ jitsi: [] }]
  const refused = refusedBy([400, 404, 413, 415, 429])
  const nobody = 'Whoever does not show the secret is told 404.'
  const told = Object.entries(events).map(([path, says]) =>
    asked('post', `/jitsi/:organisation/events${path}`, {
      operationId: `callEvent${path.replaceAll(/\/(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
      description: `${says} As contrib's event_sync_component sends it. ${nobody}`,
      ...{ security, requestBody: jsonBody(CallEvent, taken), responses: { ...done, ...refused } },
    }),
  )
  const no: Schema = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] }
  return [
    ...told,
    ...conferences.flatMap(([conference, of, whose]) => [
      asked('post', conference, {
        ...{ operationId: `reserve${of}`, security },
        description: `Whether a room may begin (mod_reservations), ${whose}. ${nobody}`,
        requestBody: jsonBody(Reservation, taken, 'application/x-www-form-urlencoded'),
        responses: {
          200: json(types.type('server/steps/reservation.ts', 'Reserved'), 'It may; `duration` in seconds.'),
          403: json(no, 'It may not; the module shows the message.'),
          ...refused,
        },
      }),
      asked('delete', `${conference}/:visit`, {
        ...{
          operationId: `roomGone${of}`,
          description: `The room is gone; nothing was kept for it. ${nobody}`,
          security,
        },
        responses: { ...done, ...refusedBy([404, 429]) },
      }),
    ]),
  ]
}

const conferences = [
  ['/jitsi/:organisation/reservations/conference', '', 'of one organisation'],
  [
    '/jitsi/reservations/conference',
    'Shared',
    'of all organisations whose secret is shown: for a Jitsi that they share',
  ],
] as const

const keySet: Schema = {
  type: 'object',
  properties: { keys: { type: 'array', items: { type: 'object', additionalProperties: true } } },
  required: ['keys'],
}

function forJitsi(): readonly Row[] {
  const asked = row('jitsi')
  const known = refusedBy([404])
  return [
    asked('get', '/jitsi/:organisation/jwks.json', {
      ...{ operationId: 'jitsiKeys', description: 'Our public keys for room tokens (`cache_keys_url`).' },
      responses: { 200: json(keySet), ...known },
    }),
    asked('get', '/jitsi/:organisation/asap/:file', {
      ...{ operationId: 'jitsiKey', description: 'One of them, `<sha256 of its kid>.pem` (`asap_key_server`).' },
      responses: { ...text('application/x-pem-file', 'The key.'), ...known },
    }),
    asked('get', '/assets/jitsi/:file', {
      ...{ operationId: 'jitsiScript', description: "The approved copy of Jitsi's script, for our pages." },
      responses: { ...text('text/javascript', 'The script.'), ...known },
    }),
  ]
}

/** By path: the name of the operation, and what the page is. */
const pagesByPath = {
  '/': ['home', 'The launch page: whom to sign in to.'],
  '/launch.html': ['launch', 'The launch page, which an EHR opens with `iss` and `launch`.'],
  '/clinicians/launch.html': ['launchClinicians', 'The same, where the EHR knows us as two clients: of clinicians.'],
  '/patients/launch.html': ['launchPatients', 'The same, of patients.'],
  '/join.html': ['joinPage', 'Where an invitation leads: it does nothing before somebody presses.'],
  '/hand-over.html': ['handOverPage', 'The way into a window of its own; the key stands in the fragment.'],
  '/v/:launch': ['signedInPage', 'The list, or the visit of the launch.'],
  '/v/:launch/ehr': ['ehrPage', 'What the EHR can do.'],
  '/v/:launch/visits/:visit': ['visitPage', 'A visit.'],
} as const

function pages(): readonly Row[] {
  const shown = row('pages')
  const file = { '*/*': {} }
  return [
    ...Object.entries(pagesByPath).map(([path, [operationId, description]]) =>
      shown('get', path, { operationId, description, responses: page }),
    ),
    shown('get', '/assets/:file', {
      ...{ operationId: 'asset', description: 'What belongs to a page; its name holds a hash of its content.' },
      responses: { 200: { description: 'The file.', content: file }, ...refusedBy([404]) },
    }),
    shown('get', '/brand/:organisation', {
      ...{ operationId: 'logo', description: "A clinic's logo." },
      responses: { 200: { description: 'The picture.', content: file }, ...refusedBy([404]) },
    }),
  ]
}

function running(): readonly Row[] {
  const asked = row('running')
  const up: Schema = { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] }
  return [
    asked('get', '/healthz', {
      operationId: 'healthz',
      description: 'Whether the app is up.',
      responses: { 200: json(up) },
    }),
    asked('get', '/.well-known/jwks.json', {
      ...{ operationId: 'publicKeys', description: 'Our public keys, for EHRs (`private_key_jwt`).' },
      responses: { 200: json(keySet) },
    }),
    asked('get', '/.well-known/security.txt', {
      ...{ operationId: 'securityText', description: 'Whom to tell of a weakness (RFC 9116).' },
      responses: { ...text('text/plain', 'As the settings say.'), ...refusedBy([404]) },
    }),
  ]
}
