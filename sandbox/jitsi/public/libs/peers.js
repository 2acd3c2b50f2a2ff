// Owns the peer connections, one to each other person, and their perfect negotiation over the signalling.
// Refuses a relay or a STUN server: there is none in this stand-in, and nothing is asked of any other host.

/** No connections yet. `outgoing(kind)` gives the track to send; `send(to, payload)` reaches the other side. */
export function openPeers({ self, outgoing, send, onStream, onConnection }) {
  return { self, outgoing, send, onStream, onConnection, byId: new Map() }
}

function open(peers, id) {
  const known = peers.byId.get(id)
  if (known) return known
  const connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  const peer = {
    id,
    connection,
    // Of two who offer at once the one with the smaller id gives way; both compute the same answer.
    polite: peers.self < id,
    offering: false,
    ignoring: false,
    stream: new MediaStream(),
    heard: Promise.resolve(),
    send: (payload) => peers.send(id, payload),
  }
  peers.byId.set(id, peer)
  for (const kind of ['audio', 'video']) {
    const track = peers.outgoing(kind)
    if (track) connection.addTrack(track, peer.stream)
  }
  listen(peers, peer)
  return peer
}

function listen(peers, peer) {
  const { id, connection } = peer
  connection.addEventListener('negotiationneeded', () => offer(peer))
  connection.addEventListener('icecandidate', ({ candidate }) => candidate && peer.send({ candidate }))
  connection.addEventListener('track', ({ streams }) => peers.onStream(id, streams[0]))
  connection.addEventListener('connectionstatechange', () => {
    if (connection.connectionState === 'failed') connection.restartIce()
    peers.onConnection()
  })
}

async function offer(peer) {
  try {
    peer.offering = true
    await peer.connection.setLocalDescription()
    peer.send({ description: peer.connection.localDescription })
  } finally {
    peer.offering = false
  }
}

async function take(peer, { description, candidate }) {
  const { connection } = peer
  if (connection.signalingState === 'closed') return
  if (description) await describe(peer, description)
  else if (candidate)
    await connection.addIceCandidate(candidate).catch((error) => {
      if (!peer.ignoring) throw error
    })
}

async function describe(peer, description) {
  const { connection } = peer
  const collision = description.type === 'offer' && (peer.offering || connection.signalingState !== 'stable')
  peer.ignoring = collision && !peer.polite
  if (peer.ignoring) return
  await connection.setRemoteDescription(description)
  if (description.type !== 'offer') return
  await connection.setLocalDescription()
  peer.send({ description: connection.localDescription })
}

/** The newcomer calls those who are there already. Without a device of a kind it still asks to receive that kind. */
export function call(peers, id) {
  const { connection } = open(peers, id)
  for (const kind of ['audio', 'video'])
    if (!peers.outgoing(kind)) connection.addTransceiver(kind, { direction: 'recvonly' })
}

/** Begins anew what does not stand. Who was called, and heard nothing, waits for the next call. */
export function callAgain({ byId }) {
  for (const peer of byId.values()) {
    if (peer.connection.connectionState === 'connected') continue
    peer.connection.restartIce()
    offer(peer).catch(console.error)
  }
}

/** One after the other: a candidate must not overtake the description it belongs to. */
export function hearPeer(peers, id, payload) {
  const peer = open(peers, id)
  peer.heard = peer.heard.then(() => take(peer, payload)).catch(console.error)
}

export function replaceVideo(peers, track) {
  for (const { connection, stream } of peers.byId.values()) {
    const sender = connection.getSenders().find((one) => one.track?.kind === 'video')
    if (sender && track) sender.replaceTrack(track)
    else if (track) connection.addTrack(track, stream)
  }
}

export const isConnected = (peers, id) => peers.byId.get(id)?.connection.connectionState === 'connected'

/** What was shown last stays: nobody is dropped. */
export function closePeers({ byId }) {
  for (const { connection } of byId.values()) connection.close()
}

export function dropPeer(peers, id) {
  peers.byId.get(id)?.connection.close()
  peers.byId.delete(id)
}

export function dropPeers(peers) {
  for (const id of [...peers.byId.keys()]) dropPeer(peers, id)
}
