// Owns which fact each of the stand-in's answers copies. What copies nothing is said to be ours.
// Refuses an answer without a fact: the compiler does for messages, test/sandbox/jitsi/contract.test.ts for words, addresses, events and posts.
import type { FactName } from './facts.ts'
import type { FromServer } from './wire.ts'

/** Every message of the signalling socket. The socket's own form is ours; what is told, and when, is the fact's. */
export const answers: Record<FromServer['type'], FactName> = {
  ...{ refused: 'token-connect', connected: 'token-features', resumed: 'cut-off', 'members-only': 'lobby' },
  ...{ joined: 'affiliation', 'access-denied': 'knock', knocking: 'knock', 'knock-gone': 'knock', lobby: 'lobby' },
  ...{
    'participant-joined': 'occupants',
    'participant-left': 'occupants',
    kicked: 'occupants',
    destroyed: 'occupants',
  },
  ...{ mute: 'moderators-only', 'not-allowed': 'moderators-only', name: 'names', chat: 'chat' },
  ...{ 'endpoint-text': 'chat', state: 'stands-for-jingle', signal: 'stands-for-jingle', recording: 'recording' },
  ...{ 'bridge-silent': 'bridge-died', 'bridge-gone': 'bridge-died', forgotten: 'prosody-died' },
  ...{ 'no-room': 'reservations', 'no-telephone': 'without-filter-iq-rayo' },
}

/** Every refusal of a token, in Prosody's words. */
export const words: Record<string, FactName> = {
  ...{ 'token required': 'token-connect', 'Invalid token': 'token-connect', 'Invalid header': 'token-connect' },
  ...{
    'Invalid typ': 'token-connect',
    'Invalid or incorrect alg': 'token-connect',
    'Invalid signature': 'token-connect',
  },
  ...{ 'exp must be number': 'token-connect', 'nbf must be number': 'token-connect' },
  ...{ 'Not acceptable by exp': 'token-connect', 'Not acceptable by nbf': 'token-connect' },
  ...{ "'iss' claim is missing": 'token-connect', "invalid 'iss' claim": 'token-connect' },
  ...{ "'aud' claim is missing": 'token-connect', "invalid 'aud' claim": 'token-connect' },
  ...{
    'Invalid body': 'token-connect',
    'room claim is missing': 'token-connect',
    'sub claim is missing': 'token-connect',
  },
  ...{ 'Wildcard room in token not allowed': 'token-join', 'Wildcard sub in token not allowed': 'token-join' },
  ...{ 'Regex support not allowed for token': 'token-join', 'Room and token mismatched': 'token-join' },
  ...{ 'bad token format': 'token-key', "'kid' claim is missing": 'token-key', "'alg' claim is missing": 'token-key' },
  ...{ "'kid' claim only support with RS family": 'token-key', 'could not obtain public key': 'token-key' },
}

/** Everything the room page tells its host, beside errors. */
export const events: Record<string, FactName> = {
  ...{ browserSupport: 'events', prejoinScreenLoaded: 'events', videoConferenceJoined: 'events' },
  ...{ participantRoleChanged: 'events', participantJoined: 'events', participantLeft: 'events' },
  ...{ participantKickedOut: 'events', knockingParticipant: 'events', p2pStatusChanged: 'events' },
  ...{ audioMuteStatusChanged: 'devices', videoMuteStatusChanged: 'devices', participantMuted: 'devices' },
  ...{ videoConferenceLeft: 'events', readyToClose: 'events', errorOccurred: 'events' },
  ...{ cameraError: 'events', micError: 'events-source', screenSharingStatusChanged: 'events-source' },
  ...{ tileViewChanged: 'events', audioOnlyChanged: 'events', videoQualityChanged: 'events' },
  ...{ outgoingMessage: 'events-source', incomingMessage: 'events-source', displayNameChange: 'events-source' },
  ...{ endpointTextMessageReceived: 'events-source', recordingStatusChanged: 'events-source' },
  ...{ dataChannelOpened: 'media-by-the-bridge', log: 'media-by-the-bridge', raiseHandUpdated: 'bridge-died' },
  onStageParticipantChanged: 'bridge-died',
  ...{ audioAvailabilityChanged: 'events', videoAvailabilityChanged: 'events' },
}

/** The names of errors; a page of ours acts by them. */
export const errors: Record<string, FactName> = {
  ...{ 'connection.passwordRequired': 'events', 'conference.connectionError.notAllowed': 'events' },
  ...{ 'conference.connectionError.membersOnly': 'events', 'conference.connectionError.accessDenied': 'events' },
  ...{ 'conference.iceFailed': 'media-given-up', 'conference.videobridgeNotAvailable': 'bridge-died' },
  ...{ 'conference.destroyed': 'events', 'connection.otherError': 'gave-up' },
  ...{ 'conference.reservationError': 'reservations', 'connection.conferenceRequestFailed': 'focus-away' },
}

/** Every address that answers. */
export const addresses: Record<string, FactName> = {
  ...{
    '/': 'page',
    '/libs/:name': 'files',
    '/external_api.js': 'script',
    '/<room>': 'page',
    '/<tenant>/<room>': 'page',
  },
  ...{ '/xmpp-websocket': 'signalling', '/room-census': 'closed', '/end-meeting': 'closed' },
}

/** What is posted to whoever wants to know, by event_name. */
export const posts: Record<string, FactName> = {
  ...{ 'muc-room-created': 'sync', 'muc-room-destroyed': 'sync' },
  ...{ 'muc-occupant-joined': 'sync', 'muc-occupant-left': 'sync' },
}
