// Owns this person's camera, microphone and shared screen. Refuses to switch anything on that was not granted.

/** Asks for both, then for each alone, so that one missing device does not take the other with it. */
export async function openDevices({ wantVideo, audioMuted, videoMuted, onFault, onChange }) {
  const stream = new MediaStream()
  const state = { audioMuted, videoMuted, sharing: false }
  let screen

  const ask = async (constraints) => {
    const got = await navigator.mediaDevices.getUserMedia(constraints)
    for (const track of got.getTracks()) stream.addTrack(track)
  }
  const video = { width: { ideal: 1280 }, height: { ideal: 720 } }
  try {
    await ask(wantVideo ? { audio: true, video } : { audio: true })
  } catch {
    await ask({ audio: true }).catch((error) => onFault('micError', error))
    if (wantVideo) await ask({ video }).catch((error) => onFault('cameraError', error))
  }

  const track = (kind) => stream.getTracks().find((one) => one.kind === kind)
  const outgoing = (kind) => (kind === 'video' && screen ? screen : track(kind))
  const apply = () => {
    for (const one of stream.getAudioTracks()) one.enabled = !state.audioMuted
    for (const one of stream.getVideoTracks()) one.enabled = !state.videoMuted
  }
  if (!track('audio')) state.audioMuted = true
  if (!track('video')) state.videoMuted = true
  apply()

  const stopSharing = () => {
    screen?.stop()
    screen = undefined
    state.sharing = false
    onChange('screen')
  }

  return {
    stream,
    state,
    track,
    outgoing,
    /** True when something changed. Without a device there is nothing to unmute. */
    mute(kind, muted) {
      const key = `${kind}Muted`
      if (state[key] === muted || (!muted && !track(kind))) return false
      state[key] = muted
      apply()
      onChange(kind)
      return true
    },
    async toggleScreen() {
      if (screen) return stopSharing()
      const got = await navigator.mediaDevices.getDisplayMedia({ video: true })
      screen = got.getVideoTracks()[0]
      screen.addEventListener('ended', stopSharing)
      state.sharing = true
      onChange('screen')
    },
    async limit(height) {
      await track('video')?.applyConstraints({ height: { ideal: height } })
    },
    stop() {
      screen?.stop()
      for (const one of stream.getTracks()) one.stop()
    },
  }
}
