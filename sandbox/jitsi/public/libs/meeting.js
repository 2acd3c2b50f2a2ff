// Owns one person's meeting: what was joined, who else is here, and how it ends.
// Refuses to end by halves: every end goes through `finish`, which stops the camera.
import { outgoing, stopDevices } from './devices.js'
import { call, callAgain, closePeers, dropPeer, dropPeers, isConnected, openPeers } from './peers.js'
import { hideKnocks, showScreen } from './screens.js'
import { hangUpLine, send } from './signalling.js'
import { stage } from './stage.js'
import { hideToolbar } from './toolbar.js'

let lives = 0

/**
 * A meeting not yet joined. Devices, signalling and peers are set as they open; `self` while inside. `reload` begins the page anew. `life` is another
 * one once the page has let go of everything; `ready` settles with whether the devices of this one are open.
 */
export const openMeeting = (settings, host, reload) => ({
  settings,
  host,
  reload,
  config: settings.config,
  life: lives++,
  ready: Promise.resolve(false),
  devices: undefined,
  signalling: undefined,
  peers: undefined,
  self: undefined,
  features: {},
  nameReadonly: false,
  isP2p: false,
  media: { open: false, ice: 'new', tried: 0, timer: undefined },
  byWebsocket: false,
  audioOnly: false,
  people: new Map(),
})

/** Says something to the server; before the signalling is open there is nobody to say it to. */
export function say(meeting, message) {
  if (meeting.signalling) send(meeting.signalling, message)
}

/** Inside: calls everyone who is there already. */
export function enter(meeting, self, others) {
  if (meeting.peers) dropPeers(meeting.peers)
  stage.removeOthers()
  meeting.people.clear()
  meeting.self = self
  meeting.peers = openPeers({
    self: self.id,
    outgoing: (kind) => outgoing(meeting.devices, kind),
    send: (to, payload) => say(meeting, { type: 'signal', to, payload }),
    onStream: (id, stream) => stage.show(id, stream),
    onConnection: () => checkMedia(meeting),
  })
  for (const other of others) {
    meet(meeting, other)
    call(meeting.peers, other.id)
  }
}

/** Somebody is here. */
export function meet(meeting, other) {
  meeting.people.set(other.id, other)
  stage.add(other.id, other.name)
  stage.state(other.id, other)
  checkMedia(meeting)
}

/** Somebody is gone. */
export function part(meeting, id) {
  meeting.people.delete(id)
  if (meeting.peers) dropPeer(meeting.peers, id)
  stage.remove(id)
  checkMedia(meeting)
}

const tryMs = 15_000
const tries = 3
const lonelyMs = 20_000

// Our peers stand in for the videobridge: its channel opens with the first of them, and is closed some time after the last has gone.
function checkMedia(meeting) {
  const { people, peers, host, media, byWebsocket } = meeting
  const alone = people.size === 0
  const through = [...people.keys()].some((id) => isConnected(peers, id))
  clearTimeout(media.timer)
  if (alone) {
    media.timer = setTimeout(() => closeMedia(meeting), lonelyMs)
    media.tried = 0
  } else if (!through) {
    media.timer = setTimeout(() => tryAgain(meeting), tryMs)
    iceIs(meeting, notThrough[media.ice] ?? media.ice)
  } else {
    media.tried = 0
    iceIs(meeting, 'connected')
  }
  if (!alone && (through || byWebsocket) && !media.open) {
    media.open = true
    host.emit('dataChannelOpened', {})
  }
  checkP2p(meeting)
}

/** What a connection is while nothing goes through, by what it was. */
const notThrough = { new: 'checking', closed: 'checking', connected: 'disconnected' }

function closeMedia(meeting) {
  meeting.media.open = false
  iceIs(meeting, 'closed')
}

// The room writes it into its log, and the host page hears of that where it asked for lines of this level.
function iceIs({ media, config, host }, state) {
  if (media.ice === state) return
  media.ice = state
  if (!config.apiLogLevels?.includes('info')) return
  const args = [new Date().toISOString(), '[xmpp:JingleSessionPC]', `(TIME) ICE ${state} JVB:\t`, performance.now()]
  host.emit('log', { logLevel: 'info', args })
}

function tryAgain(meeting) {
  const { media, peers, host } = meeting
  if (media.tried++ < tries) {
    callAgain(peers)
    return checkMedia(meeting)
  }
  host.fail('conference.iceFailed', 'CONFERENCE')
  fallApart(meeting, reloadMs, left)
}

// Peer-to-peer is what two connected people have; a third ends it.
function checkP2p(meeting) {
  const { people, peers, config, host } = meeting
  const [only] = people.keys()
  const isP2p = config.p2p?.enabled !== false && people.size === 1 && isConnected(peers, only)
  if (isP2p === meeting.isP2p) return
  meeting.isP2p = isP2p
  host.emit('p2pStatusChanged', { isP2p })
}

export function hangUp(meeting) {
  letGo(meeting)
  left(meeting)
  meeting.host.emit('readyToClose', {})
  finish(meeting, 'You have left the meeting', '')
}

/** The camera is closed before anything is said of leaving, and whoever leaves has lost the id already. */
export function letGo({ self, devices, host }) {
  if (!self || !devices || devices.state.videoMuted) return
  host.emit('videoMuteStatusChanged', { muted: true })
  host.emit('participantMuted', { id: 'local', isMuted: true, mediaType: 'video' })
}

const reloadMs = 10_000

/** The line stayed away too long; what becomes of the page is what it does when it loads itself anew without its token. */
export function gaveUp(meeting) {
  meeting.host.fail('connection.otherError', 'CONNECTION', { isFatal: true })
  // Before joining that is the last word.
  if (meeting.self) fallApart(meeting, reloadMs, left)
}

/** The line is back, and whoever answers there knows nothing of us. */
export function forgotten(meeting, againMs) {
  meeting.host.fail('connection.otherError', 'CONNECTION', { isFatal: true })
  fallApart(meeting, againMs, meeting.reload)
}

/** Everyone is gone at once, and a little later the page does something about it. */
export function fallApart(meeting, afterMs, then) {
  const { host, self, people } = meeting
  // Hands go down, and nobody is on the stage, before anybody is gone.
  if (self) host.emit('raiseHandUpdated', { id: self.id, handRaised: 0 })
  host.emit('onStageParticipantChanged', {})
  for (const id of [...people.keys()]) {
    part(meeting, id)
    host.emit('participantLeft', { id })
  }
  clearTimeout(meeting.media.timer)
  stage.notice('You have been disconnected.', 0)
  setTimeout(() => then(meeting), afterMs)
}

/** Out of it for good, and deaf: nothing more comes from this page. */
export function giveItselfUp(meeting) {
  left(meeting)
  if (meeting.signalling) hangUpLine(meeting.signalling)
}

/** What carries the pictures is dead: the last ones stay, and nobody calls again. */
export function standStill({ peers, media }) {
  clearTimeout(media.timer)
  if (peers) closePeers(peers)
}

/** Lets go of everything, as a page that is left: the next one begins with nothing but its address and its token. */
export function abandon(meeting) {
  meeting.life = lives++
  clearTimeout(meeting.media.timer)
  if (meeting.signalling) hangUpLine(meeting.signalling)
  if (meeting.peers) dropPeers(meeting.peers)
  if (meeting.devices) stopDevices(meeting.devices)
  stage.clear()
  stage.notice('')
}

/** Tells the host page that we are out, if we were in. */
export function left(meeting) {
  if (meeting.self) meeting.host.emit('videoConferenceLeft', { roomName: meeting.settings.room })
  meeting.self = undefined
}

/** The end of it for this page; only a new frame with a token comes back. */
export function finish(meeting, title, text) {
  meeting.self = undefined
  abandon(meeting)
  stage.subject('')
  hideToolbar()
  hideKnocks()
  showScreen(title, text, { over: true })
}
