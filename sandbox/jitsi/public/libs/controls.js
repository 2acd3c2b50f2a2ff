// Owns what this person can do to their own side of the meeting, by button or by the host page's command.
// Refuses a new name over a read-only one, and a shared screen the token does not announce.
import { mute, outgoing, toggleSharing, track } from './devices.js'
import { hangUp, say } from './meeting.js'
import { replaceVideo } from './peers.js'
import { stage } from './stage.js'
import { drawToolbar } from './toolbar.js'

/** Draws what the configuration and the devices say now. */
export function draw(meeting) {
  const { config, devices, self, features } = meeting
  if (!devices) return
  stage.selfState(devices.state)
  stage.hideSelf(config.disableSelfView === true)
  stage.hideNames(config.hideDisplayName === true)
  stage.subject(config.hideConferenceSubject ? '' : (config.localSubject ?? config.subject ?? ''))
  // Before joining there is nothing to leave or share yet, only microphone and camera to set.
  drawToolbar(
    config.toolbarButtons,
    { ...devices.state, tiled: stage.isTiled() },
    {
      microphone: () => toggle(meeting, 'audio'),
      camera: () => toggle(meeting, 'video'),
      ...(self && features['screen-sharing'] && { desktop: () => toggleScreen(meeting) }),
      ...(self && { tileview: () => setTileView(meeting), hangup: () => hangUp(meeting) }),
    },
  )
}

/** Lays the host page's later wishes over the first ones. */
export function configure(meeting, config) {
  meeting.config = { ...meeting.config, ...config }
  draw(meeting)
}

export function toggle({ devices }, kind) {
  if (devices) mute(devices, kind, !devices.state[`${kind}Muted`])
}

/** Called when a device changed, whoever asked for it. */
export function deviceChanged(meeting, kind) {
  const { state } = meeting.devices
  if (kind === 'screen') shareChanged(meeting)
  else meeting.host.emit(`${kind}MuteStatusChanged`, { muted: state[`${kind}Muted`] })
  if (kind !== 'screen' && meeting.self)
    meeting.host.emit('participantMuted', { id: meeting.self.id, isMuted: state[`${kind}Muted`], mediaType: kind })
  const videoMuted = state.videoMuted && !state.sharing
  if (meeting.self) say(meeting, { type: 'state', audioMuted: state.audioMuted, videoMuted })
  draw(meeting)
}

/**
 * The feature is honoured here only; no server enforces it. A browser shows its choice of screens only to who has just pressed something in this
 * very frame: a press in the page around it begins nothing, and nobody is told.
 */
export async function toggleScreen({ self, features, devices }) {
  if (!self || !features['screen-sharing']) return
  if (!devices.state.sharing && !navigator.userActivation.isActive) return
  await toggleSharing(devices).catch(() => undefined)
}

function shareChanged({ devices, peers, host }) {
  const sent = outgoing(devices, 'video')
  const { sharing } = devices.state
  if (peers) replaceVideo(peers, sent)
  stage.showSelf(sharing ? new MediaStream([sent]) : devices.stream, sharing)
  host.emit('screenSharingStatusChanged', { on: sharing, details: {} })
}

export function setTileView(meeting, on = !stage.isTiled()) {
  stage.tile(on)
  meeting.host.emit('tileViewChanged', { enabled: on })
  draw(meeting)
}

/** Nobody's picture is sent or shown; voices go on. */
export function setAudioOnly(meeting, on) {
  if (on === meeting.audioOnly) return
  meeting.audioOnly = on
  stage.audioOnly(on)
  // Who had stopped the camera has it stopped afterwards too.
  if (on) meeting.cameraStopped = meeting.devices?.state.videoMuted === true
  if (meeting.devices) mute(meeting.devices, 'video', on || meeting.cameraStopped)
  meeting.host.emit('audioOnlyChanged', { audioOnlyChanged: on })
}

export async function setVideoQuality({ devices, host }, height) {
  host.emit('videoQualityChanged', { videoQuality: height })
  const camera = devices && track(devices, 'video')
  // A camera that cannot do the height keeps its own; the wish was only a limit.
  await camera?.applyConstraints({ height: { ideal: height } }).catch(() => undefined)
}

export function rename(meeting, name) {
  if (meeting.self && !meeting.nameReadonly) say(meeting, { type: 'name', name: String(name) })
}

export function chat(meeting, text, to) {
  if (!meeting.self) return
  say(meeting, { type: 'chat', text: String(text), ...(to && { to }) })
  meeting.host.emit('outgoingMessage', { message: String(text), privateMessage: Boolean(to) })
}
