// Owns the order in which a room page starts: address, host page, devices, pre-join, signalling.
// Refuses to connect before the person could set microphone and camera.
import { answerQuestion, runCommand } from './commands.js'
import { deviceChanged, draw, setAudioOnly } from './controls.js'
import { openDevices, track } from './devices.js'
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
  const { config, userInfo } = settings
  host.emit('browserSupport', { supported: true })
  // On a phone the real page first advertises its app, unless told not to.
  if (/Android|iPhone|iPad|iPod/.test(navigator.userAgent) && config.disableDeepLinking !== true)
    await showScreen('Join this meeting in the app', 'You can also stay here.', {
      button: 'Join in browser',
      over: true,
    })
  hideScreen()
  meeting.devices = await openOwnDevices(settings)
  stage.soundBy(meeting.devices.output)
  stage.addSelf(meeting.devices.stream, userInfo.displayName ?? 'Me')
  if (config.startAudioOnly === true) setAudioOnly(meeting, true)
  draw(meeting)
  if (config.prejoinConfig?.enabled !== false) {
    host.emit('prejoinScreenLoaded', {})
    await showScreen('Join meeting', settings.room, { button: 'Join meeting' })
    hideScreen()
  }
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
