// Owns the signalling socket: connects with the token, and after a cut finds its seat again with the same token.
// Refuses nothing itself. When the token has expired meanwhile it tries on in silence: neither page hears of it.

const firstWaitMs = 1_000
const longestWaitMs = 10_000

/** `onMessage` gets every message; `onCut(true)` when the line is down, `onCut(false)` when it is back. */
export function openSignalling({ token, onMessage, onCut }) {
  const unsent = []
  let socket
  let resume
  let closed = false
  let up = false
  let waitMs = firstWaitMs

  const connect = () => {
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/xmpp-websocket`)
    socket = opened
    opened.addEventListener('open', () => opened.send(JSON.stringify({ type: 'connect', token, resume })))
    opened.addEventListener('message', ({ data }) => received(JSON.parse(data)))
    opened.addEventListener('close', () => {
      up = false
      if (closed) return
      onCut(true)
      setTimeout(connect, waitMs)
      waitMs = Math.min(waitMs * 2, longestWaitMs)
    })
  }

  const received = (message) => {
    if (message.type === 'refused' && message.stage === 'connect') {
      // The first refusal is told. One after a cut (the token expired in the call) never is.
      if (resume !== undefined) return
      closed = true
    }
    if (message.type === 'connected' || message.type === 'resumed') {
      const again = resume !== undefined
      resume = message.resume ?? resume
      waitMs = firstWaitMs
      up = true
      if (again) onCut(false)
      for (const line of unsent.splice(0)) send(line)
    }
    onMessage(message)
  }

  const send = (message) => {
    if (up && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    else if (!closed) unsent.push(message)
  }

  connect()
  return {
    send,
    close() {
      send({ type: 'leave' })
      closed = true
      socket.close(1000)
    },
  }
}
