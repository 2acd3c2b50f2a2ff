// Owns what is known of the real Jitsi, and which of it each of the stand-in's answers copies. What copies nothing is said to be ours.
// Refuses an answer without a fact: the compiler does for messages, test/sandbox/jitsi/contract.test.ts for words, addresses, events and posts.
import type { FromServer } from './wire.ts'

/** `run`: a real server or the real web app did it. `source`: read there. `ours`: stands in for something we do not speak. */
type Fact = { how: 'run' | 'source' | 'ours'; says: string; from: string }

const prosody = 'Prosody 0.12.3 and 13.0.1 with the plugins of jitsi-meet and contrib, mid-2026'
const app = 'the jitsi-meet web app in Chromium, mid-2026'

const whole =
  'Prosody 0.12.3, jicofo 7ebb13dc, jitsi-videobridge a29d97d1 and the jitsi-meet web app abf901a4 in Chromium, each killed in a call, November 2026'

const fact = (how: Fact['how'], says: string, from: string): Fact => ({ how, says, from })

export const facts = {
  'token-connect': fact(
    ...([
      'run',
      'Form, alg, signature, times, issuer, audience and missing claims are refused when connecting.',
    ] as const),
    `${prosody} (token/util.lib.lua, luajwtjitsi.lib.lua)`,
  ),
  'token-join': fact(
    'run',
    'Another room, domain or tenant, and a wildcard or pattern, are refused when joining.',
    `${prosody}, token_no_wildcard`,
  ),
  'token-key': fact(
    'run',
    'With a key server the header and its kid are looked at first; a kid that a set alone does not hold is left without an answer.',
    `${prosody} (token/util.lib.lua)`,
  ),
  'no-upgrade': fact(
    'run',
    'The socket’s address, asked without an upgrade, answers with a page; 502 comes from the web server of a Prosody that is away.',
    `${prosody} (mod_websocket), nginx`,
  ),
  'token-features': fact(
    'run',
    'With features the page reads them in the token, and what is not true there is off; without, a moderator is told that all is on.',
    `${prosody}, jitsi_permissions`,
  ),
  affiliation: fact(
    'run',
    'context.user.moderator makes a moderator, everybody else a member.',
    `${prosody}, token_affiliation`,
  ),
  lobby: fact(
    'run',
    'Who has no lobby_bypass is told that members only may enter, moderators too.',
    `${prosody}, muc_lobby_rooms`,
  ),
  knock: fact(
    'run',
    'Moderators hear of each knock, also of those before they came; a refusal is told.',
    `${prosody}, muc_lobby_rooms`,
  ),
  occupants: fact(
    'run',
    'Everyone inside hears who joins, leaves, is removed, or that the room is closed.',
    `${prosody}, muc`,
  ),
  identity: fact(
    'run',
    'Everyone inside is told the context.user of everyone else’s token, each value as text; a moderator hears only the name of who knocks.',
    'Prosody 0.12.3 with presence_identity at the host that people connect to; jitsi-meet #16865 (userContext)',
  ),
  'cut-off': fact(
    'run',
    'A cut line is taken up again within a minute with a valid token, else others see a ghost until that minute is over.',
    `${prosody}, smacks`,
  ),
  'moderators-only': fact('run', 'A participant can neither remove, mute, end nor open the lobby.', prosody),
  names: fact(
    'run',
    'A read-only name stays the token’s, without a word to who wanted another.',
    `${prosody}, muc_displayname`,
  ),
  chat: fact(
    'run',
    'Chat goes out whatever the token says: filter_messages heeds it in rooms that a moderator’s page has restricted.',
    `${prosody}, filter_messages`,
  ),
  recording: fact('run', 'A recording that the token does not allow is forbidden.', `${prosody}, filter_iq_jibri`),
  script: fact('run', 'external_api.js defines JitsiMeetExternalAPI, and gives its frame the devices.', app),
  page: fact(
    'run',
    'Any path of one or two names is a room, and shows the web app.',
    `${app}; docker-jitsi-meet, meet.conf`,
  ),
  files: fact(
    'source',
    'The page names its files with their version, and what is asked for with one may be kept for a year; the beginning names the same ones as a room.',
    'docker-jitsi-meet, meet.conf; jitsi-meet, index.html',
  ),
  framing: fact('source', 'The page names who may frame it.', 'docker-jitsi-meet, CSP_HEADER'),
  'media-by-the-bridge': fact(
    'source',
    'The channel to the videobridge runs within the connection for sound and picture, and opens when that stands: where nothing gets through it never does.',
    'lib-jitsi-meet, JitsiConference _setBridgeChannel (preferSctp), BridgeChannel; jitsi-meet, external-api middleware',
  ),
  'media-given-up': fact(
    'source',
    'Where nothing gets through the connection is begun anew three times, some fifteen seconds each; then the conference fails.',
    'lib-jitsi-meet, JitsiConference _onIceConnectionFailed, MAX_CONNECTION_RETRIES',
  ),
  'bridge-died': fact(
    'run',
    'When a videobridge dies the pictures stand still; some fifteen seconds later every page is told by an error, then hands are down and everyone is gone; a moderator’s frame gives itself up, another loads itself anew and knocks at the lobby. Nothing more comes once there is a videobridge again.',
    whole,
  ),
  'bridge-absent': fact(
    'run',
    'Who comes while there is no videobridge never joins, also once there is one again; a frame that is mounted then does.',
    whole,
  ),
  'prosody-died': fact(
    'run',
    'A Prosody that is started anew has forgotten every line and every room: who was inside is told by an error, then hands are down and everyone is gone; some twenty seconds later the frame loads itself anew and comes in.',
    whole,
  ),
  'prosody-absent': fact(
    'run',
    'A frame that is mounted while Prosody is away is told by an error before it joins, and then nothing, also once Prosody is back.',
    whole,
  ),
  closed: fact(
    'run',
    'The list of rooms and the end of a meeting are kept behind a firewall.',
    'mod_muc_census, mod_muc_end_meeting',
  ),
  signalling: fact(
    'source',
    'The app is connected by a websocket with the subprotocol xmpp.',
    'docker-jitsi-meet, meet.conf; RFC 7395',
  ),
  commands: fact(
    'source',
    'The host page commands the room by these names; a screen is shared by a press in the room’s own frame alone.',
    'jitsi-meet, modules/API/external/external_api.js and issue 11916; W3C Screen Capture',
  ),
  events: fact('run', 'The room tells the host page what happens by these names.', app),
  devices: fact(
    'run',
    'The camera is told to be off until it is open, and off again before any word of leaving; the person is then called local.',
    app,
  ),
  'gave-up': fact(
    'run',
    'A line that nobody answers is given up within half a minute, by a fatal error; the page then loads itself anew without its token.',
    app,
  ),
  'events-source': fact(
    'source',
    'The room tells more by these names.',
    'jitsi-meet, modules/API/external/external_api.js',
  ),
  sync: fact(
    'run',
    'Joining, leaving, making and ending of rooms are posted, and none of the lobby; the end by a moderator twice.',
    `${prosody}, event_sync_component`,
  ),
  'stands-for-jingle': fact(
    'ours',
    'Negotiation and mute go by our own socket, where the real one speaks Jingle and presence.',
    'ours',
  ),
} as const satisfies Record<string, Fact>
export type FactName = keyof typeof facts

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
