// Owns the buttons under the picture. Shows only those the host page asked for; hiding a button forbids nothing.

const bar = document.querySelector('#toolbar')
const known = ['microphone', 'camera', 'desktop', 'tileview', 'hangup']

const icon = (name) => `<svg aria-hidden="true"><use href="#${name}"></use></svg>`

/** What each button says and shows in this state. */
const faces = {
  microphone: ({ audioMuted }) => ({
    label: audioMuted ? 'Unmute microphone' : 'Mute microphone',
    icon: audioMuted ? 'microphone-off' : 'microphone',
    pressed: audioMuted,
  }),
  camera: ({ videoMuted }) => ({
    label: videoMuted ? 'Start camera' : 'Stop camera',
    icon: videoMuted ? 'camera-off' : 'camera',
    pressed: videoMuted,
  }),
  desktop: ({ sharing }) => ({
    label: sharing ? 'Stop sharing your screen' : 'Share your screen',
    icon: 'desktop',
    pressed: sharing,
  }),
  tileview: ({ tiled }) => ({ label: 'Tile view', icon: 'tileview', pressed: tiled }),
  hangup: () => ({ label: 'Leave the meeting', icon: 'hangup' }),
}

/** Draws the bar: `wanted` is the configuration's list (absent: all), `presses` what each button does. */
export function drawToolbar(wanted, state, presses) {
  const shown = known.filter((name) => presses[name] && (!Array.isArray(wanted) || wanted.includes(name)))
  bar.hidden = shown.length === 0
  // Redrawn in place, so that the button under the keyboard keeps its focus.
  for (const button of [...bar.children]) if (!shown.includes(button.dataset.button)) button.remove()
  for (const name of shown) {
    const face = faces[name](state)
    const button = bar.querySelector(`[data-button="${name}"]`) ?? document.createElement('button')
    button.type = 'button'
    button.dataset.button = name
    button.setAttribute('aria-label', face.label)
    button.title = face.label
    if (face.pressed !== undefined) button.setAttribute('aria-pressed', String(face.pressed))
    button.innerHTML = icon(face.icon)
    button.onclick = presses[name]
    bar.append(button)
  }
}

export function hideToolbar() {
  bar.hidden = true
}
