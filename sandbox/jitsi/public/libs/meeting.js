// Owns one person's meeting: what was joined, who else is here, and what can be done in it.
// Refuses to end quietly: every end goes through `finish`, which stops the camera.
import { openPeers } from './peers.js'
import { hideKnocks, showScreen } from './screens.js'
import { stage } from './stage.js'
import { drawToolbar, hideToolbar } from './toolbar.js'

/** A meeting not yet joined. `signalling` and `devices` are set when they are open. */
export function openMeeting(settings, host) {
  const meeting = {
    settings,
    host,
    config: settings.config,
    devices: undefined,
    signalling: undefined,
    peers: undefined,
    self: undefined,
    features: {},
    nameReadonly: false,
    isP2p: false,
    audioOnly: settings.config.startAudioOnly === true,
    people: new Map(),

    send: (message) => meeting.signalling?.send(message),

    configure(config) {
      meeting.config = { ...meeting.config, ...config }
      meeting.draw()
    },

    draw() {
      if (!meeting.devices) return
      const { config, devices, self } = meeting
      stage.selfState(devices.state)
      stage.subject(config.hideConferenceSubject ? '' : (config.localSubject ?? config.subject ?? ''))
      // Before joining there is nothing to leave or share yet, only microphone and camera to set.
      const state = { ...devices.state, tiled: stage.isTiled() }
      drawToolbar(config.toolbarButtons, state, {
        microphone: () => meeting.toggle('audio'),
        camera: () => meeting.toggle('video'),
        ...(self && meeting.features['screen-sharing'] && { desktop: () => meeting.toggleScreen() }),
        ...(self && { tileview: () => meeting.setTileView(), hangup: () => meeting.hangUp() }),
      })
    },

    toggle(kind) {
      const { devices } = meeting
      devices?.mute(kind, !devices.state[`${kind}Muted`])
    },

    // Called by the devices, whoever asked for the change.
    deviceChanged(kind) {
      const { state } = meeting.devices
      if (kind === 'screen') meeting.shareChanged()
      else host.emit(`${kind}MuteStatusChanged`, { muted: state[`${kind}Muted`] })
      const videoMuted = state.videoMuted && !state.sharing
      if (meeting.self) meeting.send({ type: 'state', audioMuted: state.audioMuted, videoMuted })
      meeting.draw()
    },

    // The feature is honoured by the room's own buttons and commands only; no server enforces it.
    async toggleScreen() {
      if (meeting.self && meeting.features['screen-sharing'])
        await meeting.devices.toggleScreen().catch(() => undefined)
    },

    shareChanged() {
      const { devices } = meeting
      const track = devices.outgoing('video')
      meeting.peers?.replaceVideo(track)
      stage.showSelf(track && devices.state.sharing ? new MediaStream([track]) : devices.stream, devices.state.sharing)
      host.emit('screenSharingStatusChanged', { on: devices.state.sharing, details: {} })
    },

    setTileView(on = !stage.isTiled()) {
      host.emit('tileViewChanged', { enabled: stage.tile(on) })
      meeting.draw()
    },

    setAudioOnly(on) {
      if (on === meeting.audioOnly) return
      meeting.audioOnly = on
      meeting.peers?.receiveVideo(!on)
      meeting.devices?.mute('video', on)
      host.emit('audioOnlyChanged', { audioOnlyChanged: on })
    },

    setVideoQuality(height) {
      meeting.devices?.limit(height).catch(() => undefined)
      host.emit('videoQualityChanged', { videoQuality: height })
    },

    rename(name) {
      if (!meeting.nameReadonly && meeting.self) meeting.send({ type: 'name', name: String(name) })
    },

    chat(text, to) {
      if (!meeting.self) return
      meeting.send({ type: 'chat', text, ...(to && { to }) })
      host.emit('outgoingMessage', { message: text, privateMessage: Boolean(to) })
    },

    /** Peer-to-peer is what two connected people have; a third ends it. */
    checkP2p() {
      const [only, second] = meeting.people.keys()
      const isP2p =
        meeting.config.p2p?.enabled !== false &&
        only !== undefined &&
        !second &&
        Boolean(meeting.peers?.connected(only))
      if (isP2p === meeting.isP2p) return
      meeting.isP2p = isP2p
      host.emit('p2pStatusChanged', { isP2p })
    },

    join(self, others) {
      meeting.self = self
      meeting.people.clear()
      meeting.peers?.closeAll()
      stage.removeOthers()
      meeting.peers = openPeers({
        self: self.id,
        outgoing: meeting.devices.outgoing,
        send: (to, payload) => meeting.send({ type: 'signal', to, payload }),
        onStream: (id, stream) => stage.show(id, stream),
        onConnection: meeting.checkP2p,
      })
      for (const other of others) {
        meeting.meet(other)
        meeting.peers.call(other.id)
      }
    },

    meet(other) {
      meeting.people.set(other.id, other)
      stage.add(other.id, other.name)
      stage.state(other.id, other)
      meeting.checkP2p()
    },

    part(id) {
      meeting.people.delete(id)
      meeting.peers?.drop(id)
      stage.remove(id)
      meeting.checkP2p()
    },

    hangUp() {
      meeting.left()
      host.emit('readyToClose', {})
      meeting.finish('You have left the meeting', '')
    },

    left() {
      if (meeting.self) host.emit('videoConferenceLeft', { roomName: settings.room })
      meeting.self = undefined
    },

    /** The end of it for this page; only a new frame with a token comes back. */
    finish(title, text) {
      meeting.self = undefined
      meeting.signalling?.close()
      meeting.peers?.closeAll()
      meeting.devices?.stop()
      stage.clear()
      stage.subject('')
      stage.notice('')
      hideToolbar()
      hideKnocks()
      showScreen(title, text, { over: true })
    },
  }
  return meeting
}
