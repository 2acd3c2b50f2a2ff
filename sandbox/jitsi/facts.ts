// Owns what is known of the real Jitsi, and from where. Which answer of the stand-in copies which of it: cited.ts.
// Refuses a fact that no case of the contract holds, unless a browser is needed for it: test/sandbox/jitsi/contract.test.ts.

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
  telephone: fact(
    'source',
    'A telephone or a transcript that the token does not allow is forbidden.',
    'jitsi-meet, mod_filter_iq_rayo.lua',
  ),
  'without-muc-displayname': fact(
    'source',
    'Without muc_displayname a room shows whatever name somebody gives, also a read-only one.',
    'jitsi-meet, mod_muc_displayname.lua: nothing else looks at it',
  ),
  'without-filter-iq-jibri': fact(
    'source',
    'Without filter_iq_jibri jicofo looks at the role alone: a moderator’s recording begins where there is a Jibri.',
    'jicofo, BaseJibri.kt, JibriRecorder.kt',
  ),
  'without-filter-iq-rayo': fact(
    'source',
    'Without filter_iq_rayo jicofo looks at the role alone, and says that the service is not available where there is no Jigasi.',
    'jicofo, JigasiIqHandler.kt',
  ),
  'without-token-no-wildcard': fact(
    'source',
    'Without token_no_wildcard a token for every room opens each.',
    'jitsi-meet, token/util.lib.lua (verify_room)',
  ),
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
  reservations: fact(
    'source',
    'Before a room begins whoever the settings name is asked, by a form; what is answered by 500 and above, or not reached, is tried three times more. Yes holds for as long as the answer says, then the room is closed; no, and no answer, hold for half a minute to one and a half. Of a room that is there nobody is asked.',
    'jitsi-meet, mod_reservations.lua',
  ),
  'focus-away': fact(
    'run',
    'While jicofo is away whoever asks for a room is told that the service is not available; the page gives up by an error.',
    `${whole}; lib-jitsi-meet, moderator.ts`,
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
