// Owns this person's camera, microphone and shared screen. Refuses to switch anything on that was not granted.

/**
 * Asks for both, then for each alone, so that one missing device does not take the other with it. `wanted` has names of devices by Jitsi's kinds;
 * one that this origin does not know by its name is left to the browser, as there.
 */
export async function openDevices({ wanted, wantVideo, audioMuted, videoMuted, onFault, onChange }) {
  const stream = new MediaStream()
  const devices = { stream, screen: undefined, output: '', onChange, state: { audioMuted, videoMuted, sharing: false } }
  const known = await devicesNamed(wanted)
  const audio = known.audioInput ? { deviceId: { exact: known.audioInput } } : true
  const camera = known.videoInput ? { deviceId: { exact: known.videoInput } } : {}
  const video = { ...camera, width: { ideal: 1280 }, height: { ideal: 720 } }
  try {
    await ask(stream, wantVideo ? { audio, video } : { audio })
  } catch {
    await ask(stream, { audio }).catch((error) => onFault('micError', error))
    if (wantVideo) await ask(stream, { video }).catch((error) => onFault('cameraError', error))
  }
  if (!track(devices, 'audio')) devices.state.audioMuted = true
  if (!track(devices, 'video')) devices.state.videoMuted = true
  apply(devices)
  // Their names may be told only now.
  devices.output = (await devicesNamed(wanted)).audioOutput ?? ''
  return devices
}

const kinds = ['audioInput', 'audioOutput', 'videoInput']
const listed = async () => (await navigator.mediaDevices?.enumerateDevices()) ?? []

/** Their ids here, by the names a host page gives. */
async function devicesNamed(wanted) {
  const all = Object.keys(wanted).length === 0 ? [] : await listed()
  const idOf = (kind) => all.find((one) => one.kind === kind.toLowerCase() && one.label === wanted[kind])?.deviceId
  return Object.fromEntries(kinds.map((kind) => [kind, wanted[kind] && idOf(kind)]))
}

/** What is in use, as the real page answers: for each kind a device as enumerateDevices tells it. */
export async function currentDevices(devices) {
  const used = {
    audioInput: track(devices, 'audio')?.getSettings().deviceId,
    audioOutput: devices.output || 'default',
    videoInput: track(devices, 'video')?.getSettings().deviceId,
  }
  const all = await listed()
  const find = (kind) => all.find((one) => one.kind === kind.toLowerCase() && one.deviceId === used[kind])
  return Object.fromEntries(kinds.map((kind) => [kind, find(kind)?.toJSON()]))
}

async function ask(stream, constraints) {
  const got = await navigator.mediaDevices.getUserMedia(constraints)
  for (const one of got.getTracks()) stream.addTrack(one)
}

function apply({ stream, state }) {
  for (const one of stream.getAudioTracks()) one.enabled = !state.audioMuted
  for (const one of stream.getVideoTracks()) one.enabled = !state.videoMuted
}

/** The microphone's or camera's own track, if there is one. */
export const track = ({ stream }, kind) => stream.getTracks().find((one) => one.kind === kind)

/** The track the others are to get: the shared screen stands in for the camera. */
export const outgoing = (devices, kind) => (kind === 'video' && devices.screen) || track(devices, kind)

/** True when something changed. Without a device there is nothing to unmute. */
export function mute(devices, kind, muted) {
  const key = `${kind}Muted`
  if (devices.state[key] === muted || (!muted && !track(devices, kind))) return false
  devices.state[key] = muted
  apply(devices)
  devices.onChange(kind)
  return true
}

export async function toggleSharing(devices) {
  if (devices.screen) return stopSharing(devices)
  const got = await navigator.mediaDevices.getDisplayMedia({ video: true })
  devices.screen = got.getVideoTracks()[0]
  devices.screen.addEventListener('ended', () => stopSharing(devices))
  devices.state.sharing = true
  devices.onChange('screen')
}

function stopSharing(devices) {
  devices.screen?.stop()
  devices.screen = undefined
  devices.state.sharing = false
  devices.onChange('screen')
}

/** Lets go of camera, microphone and screen: their lights go out. */
export function stopDevices({ screen, stream }) {
  screen?.stop()
  for (const one of stream.getTracks()) one.stop()
}
