// Owns the signalling socket: connects with the token, and after a cut finds its seat again with the same token.
// Refuses to try for ever where nobody answers. When the token has expired meanwhile it tries on in silence: the host page never hears of it.

const firstWaitMs = 1_000
const longestWaitMs = 10_000
const enoughMs = 20_000
/** Of a line that never was, so many tries in vain are enough. */
const firstTries = 2

/**
 * `onMessage` gets every message; `onCut(true)` is called when the line is down, `onCut(false)` when it is back, `onGiveUp` when it never will be,
 * `onForgotten` when whoever answers knows nothing of it any more.
 */
export function openSignalling({ token, onMessage, onCut, onGiveUp, onForgotten }) {
  const line = {
    token,
    onMessage,
    onCut,
    onGiveUp,
    onForgotten,
    tried: 0,
    downAt: undefined,
    socket: undefined,
    resume: undefined,
    up: false,
    closed: false,
  }
  const signalling = { ...line, waitMs: firstWaitMs, unsent: [] }
  connect(signalling)
  return signalling
}

function connect(line) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/xmpp-websocket`)
  line.socket = socket
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ type: 'connect', token: line.token, resume: line.resume })),
  )
  socket.addEventListener('message', ({ data }) => received(line, JSON.parse(data)))
  socket.addEventListener('close', () => {
    line.up = false
    if (line.closed) return
    line.downAt ??= Date.now()
    line.tried += 1
    if (line.resume === undefined ? line.tried >= firstTries : Date.now() - line.downAt >= enoughMs) return giveUp(line)
    line.onCut(true)
    setTimeout(() => line.closed || connect(line), line.waitMs)
    line.waitMs = Math.min(line.waitMs * 2, longestWaitMs)
  })
}

function giveUp(line) {
  line.closed = true
  line.onGiveUp()
}

function received(line, message) {
  if (line.closed) return
  // Whoever answers is there, whatever the answer.
  line.downAt = undefined
  if (message.type === 'forgotten') {
    line.closed = true
    line.socket.close(1000)
    return line.onForgotten(message.againMs)
  }
  // The first refusal is told. One after a cut (the token expired in the call) never is.
  if (message.type === 'refused' && message.stage === 'connect' && line.resume !== undefined) return
  if (message.type === 'connected' || message.type === 'resumed') {
    if (line.resume !== undefined) line.onCut(false)
    line.resume = message.resume ?? line.resume
    line.waitMs = firstWaitMs
    line.up = true
    for (const unsent of line.unsent.splice(0)) send(line, unsent)
  }
  line.onMessage(message)
}

/** Sends now, or once the line is back. */
export function send(line, message) {
  if (line.up && line.socket.readyState === WebSocket.OPEN) line.socket.send(JSON.stringify(message))
  else if (!line.closed) line.unsent.push(message)
}

/** Leaves the room at once, rather than as a ghost that fades. */
export function hangUpLine(line) {
  send(line, { type: 'leave' })
  line.closed = true
  line.socket.close(1000)
}
