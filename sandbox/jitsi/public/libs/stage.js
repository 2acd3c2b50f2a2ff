// Owns the picture: one tile for each person, ours among them, and how they are laid out.
// Refuses to know who may be here: it shows whom it is given.

const tileOf = (id) => stageElement.querySelector(`.tile[data-id="${CSS.escape(id)}"]`)
const stageElement = document.querySelector('#stage')
const subjectElement = document.querySelector('#subject')
const noticeElement = document.querySelector('#notice')
const selfId = 'self'

let tiled = false
let output = ''
let noticeTimer

/** First letters of the first and last word. */
const initials = (name) => {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}

function makeTile(id, name) {
  const tile = document.createElement('article')
  tile.className = 'tile'
  tile.dataset.id = id
  tile.innerHTML = `<div class="avatar" aria-hidden="true"></div><video autoplay playsinline></video>
    <div class="name"><span></span><svg role="img" aria-label="muted"><use href="#microphone-off"></use></svg></div>`
  stageElement.append(tile)
  rename(id, name)
  return tile
}

function layOut() {
  const count = stageElement.children.length
  const isPinned = stageElement.querySelector('.tile[data-pinned]') !== null
  stageElement.dataset.layout =
    isPinned && count > 2 ? 'pinned' : tiled || count > 2 ? 'tiles' : count === 2 ? 'pair' : 'alone'
}

function rename(id, name) {
  const tile = tileOf(id)
  if (!tile) return
  tile.querySelector('.name span').textContent = name
  tile.querySelector('.avatar').textContent = initials(name)
}

function show(id, stream) {
  const video = tileOf(id)?.querySelector('video')
  if (!video || video.srcObject === stream) return
  video.srcObject = stream
  soundBy(video)
  // Without a gesture on this page sound may be held back; then the picture at least plays, and a press anywhere brings the sound.
  video.play().catch(() => {
    video.muted = true
    video.play().catch(() => undefined)
    addEventListener('pointerdown', () => Object.assign(video, { muted: false }), { once: true })
  })
}

/** Through the loudspeaker that was asked for, where the browser can. */
function soundBy(video) {
  if (output !== '') video.setSinkId?.(output).catch(console.error)
}

export const stage = {
  addSelf(stream, name) {
    const tile = makeTile(selfId, name)
    tile.dataset.self = ''
    const video = tile.querySelector('video')
    video.dataset.local = ''
    // One's own voice is never played back.
    video.muted = true
    show(selfId, stream)
    layOut()
  },
  add(id, name) {
    if (!tileOf(id)) makeTile(id, name).querySelector('video').dataset.participant = id
    layOut()
  },
  remove(id) {
    tileOf(id)?.remove()
    layOut()
  },
  removeOthers() {
    for (const tile of stageElement.querySelectorAll('.tile:not([data-self])')) tile.remove()
    layOut()
  },
  clear() {
    stageElement.replaceChildren()
    layOut()
  },
  show,
  showSelf: (stream, sharing) => {
    show(selfId, stream)
    tileOf(selfId)?.toggleAttribute('data-sharing', sharing)
  },
  rename,
  renameSelf: (name) => rename(selfId, name),
  /** Alone one sees oneself all the same. */
  hideSelf: (on) => stageElement.toggleAttribute('data-no-self', on),
  hideNames: (on) => stageElement.toggleAttribute('data-no-names', on),
  state(id, { audioMuted, videoMuted }) {
    const tile = tileOf(id)
    if (!tile) return
    tile.dataset.audio = audioMuted ? 'off' : 'on'
    tile.dataset.video = videoMuted ? 'off' : 'on'
  },
  selfState: (state) => stage.state(selfId, state),
  tile(on) {
    tiled = on
    layOut()
  },
  /** One person large, whoever speaks; the pin goes with whom it is on. */
  pin(id) {
    for (const tile of stageElement.children) tile.toggleAttribute('data-pinned', tile.dataset.id === id)
    layOut()
  },
  soundBy(id) {
    output = id
    for (const video of stageElement.querySelectorAll('video')) soundBy(video)
  },
  audioOnly: (on) => stageElement.toggleAttribute('data-audio-only', on),
  isTiled: () => tiled,
  subject(text) {
    subjectElement.textContent = text
    subjectElement.hidden = text === ''
  },
  /** A line at the foot of the room; an empty text takes it away. `forMs` 0 leaves it standing. */
  notice(text, forMs = 5_000) {
    clearTimeout(noticeTimer)
    noticeElement.textContent = text
    noticeElement.hidden = text === ''
    if (text && forMs) noticeTimer = setTimeout(() => stage.notice(''), forMs)
  },
}
