// The ways in: an EHR's sign-in, a window of its own, and the press of whoever was invited.
import { PressInvitation } from '../../server/wire/invitation.ts'
import { TakeOver } from '../../server/wire/wire.ts'
import type { ReplyTypes, Schema } from './reply-types.ts'
import { jsonBody } from './requests.ts'
import { json, refusedBy } from './responses.ts'
import { type Row, row, text } from './row.ts'

const query = (name: string, description: string, required = false) => ({
  ...{ name, in: 'query', required, description, schema: { type: 'string' } },
})

export function wayIn(types: ReplyTypes): readonly Row[] {
  const way = row('sign-in')
  const onward = {
    303: { description: 'On to the next address.', headers: { Location: { schema: { type: 'string' } } } },
  }
  const back = {
    description: "Where the EHR's sign-in sends a browser back to (SMART App Launch 2.2, RFC 6749 4.1.2).",
    parameters: ['code', 'state', 'error', 'error_description', 'iss'].map((name) =>
      query(name, `As the EHR says it.`),
    ),
    responses: { ...onward, ...refusedBy([400, 403, 429]) },
  }
  return [
    way('get', '/smart/organisations', {
      ...{ operationId: 'organisations', description: 'Whom one can sign in to where no EHR opened the page.' },
      responses: { 200: json(types.type('server/wire/wire.ts', 'OrganisationList')), ...refusedBy([429]) },
    }),
    way('get', '/smart/launch', {
      ...{
        operationId: 'startSignIn',
        description: "Takes a browser to the EHR's sign-in, by GET or by a form that submits itself.",
      },
      parameters: [
        query('iss', 'FHIR base URL of a listed issuer.', true),
        query('launch', "SMART's launch, from the EHR alone."),
        {
          ...query('people', 'Which of two registrations under one base URL.'),
          schema: { enum: ['clinicians', 'patients'] },
        },
      ],
      responses: { ...onward, ...text('text/html', 'The form.'), ...refusedBy([400, 403, 429, 502, 504]) },
    }),
    way('get', '/smart/callback', { ...back, operationId: 'arriveAtOldAddress' }),
    way('get', '/smart/callback/:organisation/:issuer', { ...back, operationId: 'arrive' }),
  ]
}

export function handOvers(types: ReplyTypes, taken: Map<string, Schema>): readonly Row[] {
  const way = row('sign-in')
  const requestBody = jsonBody(TakeOver, taken)
  const refused = refusedBy([400, 403, 413, 415, 429])
  return [
    way('post', '/hand-overs/looked', {
      ...{ operationId: 'lookAtHandOver', description: 'Whose sign-in a key would open; spends nothing.', requestBody },
      responses: { 200: json(types.type('server/wire/wire.ts', 'HandOverOf')), ...refused },
    }),
    way('post', '/hand-overs/taken', {
      ...{ operationId: 'takeOver', description: 'Opens the sign-in in this window; the key is spent.', requestBody },
      responses: { 200: json(types.type('server/wire/wire.ts', 'TakenOver')), ...refused },
    }),
  ]
}

export function invitationPress(types: ReplyTypes, taken: Map<string, Schema>): Row {
  return row('sign-in')('post', '/invitations/pressed', {
    operationId: 'pressInvitation',
    description: 'Binds an invitation to this browser, by its secret or its code. A GET of its page does nothing.',
    requestBody: jsonBody(PressInvitation, taken),
    responses: {
      200: json(types.type('server/wire/wire.ts', 'InvitationPressed')),
      ...refusedBy([400, 403, 404, 409, 413, 415, 429]),
    },
  })
}
