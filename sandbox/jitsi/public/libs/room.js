// Owns the order in which a room page starts: address, host page, devices and signalling side by side, joining. With a pre-join screen the line is
// opened after it. Refuses to join before the person could set microphone and camera.
import { answerQuestion, runCommand } from './commands.js'
import { deviceChanged, draw, setAudioOnly } from './controls.js'
import { openDevices, stopDevices, track } from './devices.js'
import { hear } from './hearing.js'
import { openHostPage } from './hostpage.js'
import { abandon, forgotten, gaveUp, giveItselfUp, openMeeting } from './meeting.js'
import { hideScreen, showScreen } from './screens.js'
import { takeSettings } from './settings.js'
import { openSignalling } from './signalling.js'
import { stage } from './stage.js'

const settings = takeSettings()
const host = openHostPage(settings.apiId, {
  onCommand: (name, args) => runCommand(meeting, name, args),
  answer: (name) => answerQuestion(meeting, name),
})
const meeting = openMeeting(settings, host, again)

async function openOwnDevices({ config, devices: wanted }) {
  const wantVideo = config.startAudioOnly !== true
  // Until there is one the camera is told to be off, and the microphone to be on.
  host.emit('audioMuteStatusChanged', { muted: false })
  host.emit('videoMuteStatusChanged', { muted: true })
  const devices = await openDevices({
    wanted,
    wantVideo,
    audioMuted: config.startWithAudioMuted === true,
    videoMuted: config.startWithVideoMuted === true || !wantVideo,
    onFault: (event, error) => host.emit(event, { type: error.name, message: error.message }),
    onChange: (kind) => deviceChanged(meeting, kind),
  })
  host.emit('audioAvailabilityChanged', { available: Boolean(track(devices, 'audio')) })
  host.emit('videoAvailabilityChanged', { available: Boolean(track(devices, 'video')) })
  if (devices.state.audioMuted) host.emit('audioMuteStatusChanged', { muted: true })
  if (!devices.state.videoMuted) host.emit('videoMuteStatusChanged', { muted: false })
  return devices
}

async function start() {
  const { config } = settings
  host.emit('browserSupport', { supported: true })
  // On a phone the real page first advertises its app, unless told not to.
  if (/Android|iPhone|iPad|iPod/.test(navigator.userAgent) && config.disableDeepLinking !== true)
    await showScreen('Join this meeting in the app', 'You can also stay here.', {
      button: 'Join in browser',
      over: true,
    })
  hideScreen()
  const asksFirst = config.prejoinConfig?.enabled !== false
  meeting.ready = prepare(meeting.life)
  // Whoever is not asked first opens both at once (jitsi-meet, conference.js, createInitialLocalTracksAndConnect).
  if (!asksFirst) connect()
  if (!(await meeting.ready) || !asksFirst) return
  host.emit('prejoinScreenLoaded', {})
  await showScreen('Join meeting', settings.room, { button: 'Join meeting' })
  hideScreen()
  connect()
}

/** Camera and microphone, and what is drawn of them. False where the page was left, or began anew, before they were open. */
async function prepare(life) {
  const devices = await openOwnDevices(settings)
  if (meeting.life !== life) {
    stopDevices(devices)
    return false
  }
  meeting.devices = devices
  stage.soundBy(devices.output)
  stage.addSelf(devices.stream, settings.userInfo.displayName ?? 'Me')
  if (settings.config.startAudioOnly === true) setAudioOnly(meeting, true)
  draw(meeting)
  return true
}

function connect() {
  meeting.signalling = openSignalling({
    token: settings.token,
    onMessage: (message) => hear(meeting, message),
    onGiveUp: () => gaveUp(meeting),
    onForgotten: (againMs) => forgotten(meeting, againMs),
    onCut: (cut) => stage.notice(cut ? 'The connection was cut. Reconnecting…' : '', 0),
  })
}

/** As the page does that loads itself anew. */
function again() {
  abandon(meeting)
  Object.assign(meeting, openMeeting(settings, host, again))
  start()
}

// The real page says goodbye to its host when it is closed or navigated away, and to the room.
addEventListener('pagehide', () => giveItselfUp(meeting))

start()
