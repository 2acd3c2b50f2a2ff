// Owns the peer connections, one to each other person, and their perfect negotiation over the signalling.
// Refuses a relay or a STUN server: there is none in this stand-in, and nothing is asked of any other host.

/** `outgoing(kind)` gives the track to send; `send(to, payload)` reaches the other side. */
export function openPeers({ self, outgoing, send, onStream, onConnection }) {
  const peers = new Map()

  const open = (id) => {
    const known = peers.get(id)
    if (known) return known
    const connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
    // Of two who offer at once the one with the smaller id gives way; both compute the same answer.
    const peer = { connection, polite: self < id, offering: false, ignoring: false, stream: new MediaStream() }
    peers.set(id, peer)
    for (const kind of ['audio', 'video']) {
      const track = outgoing(kind)
      if (track) connection.addTrack(track, peer.stream)
    }
    connection.addEventListener('negotiationneeded', () => offer(id, peer))
    connection.addEventListener('icecandidate', ({ candidate }) => candidate && send(id, { candidate }))
    connection.addEventListener('track', ({ track, streams }) => onStream(id, streams[0] ?? new MediaStream([track])))
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed') connection.restartIce()
      onConnection(id, connection.connectionState)
    })
    return peer
  }

  const offer = async (id, peer) => {
    try {
      peer.offering = true
      await peer.connection.setLocalDescription()
      send(id, { description: peer.connection.localDescription })
    } finally {
      peer.offering = false
    }
  }

  const describe = async (id, peer, description) => {
    const { connection } = peer
    const collision = description.type === 'offer' && (peer.offering || connection.signalingState !== 'stable')
    peer.ignoring = collision && !peer.polite
    if (peer.ignoring) return
    await connection.setRemoteDescription(description)
    if (description.type !== 'offer') return
    await connection.setLocalDescription()
    send(id, { description: connection.localDescription })
  }

  const hear = async (id, { description, candidate }) => {
    const peer = open(id)
    if (description) await describe(id, peer, description)
    else if (candidate)
      await peer.connection.addIceCandidate(candidate).catch((error) => {
        if (!peer.ignoring) throw error
      })
  }

  return {
    /** The newcomer calls those who are there already. Without a device of a kind it still asks to receive that kind. */
    call(id) {
      const { connection } = open(id)
      for (const kind of ['audio', 'video'])
        if (!outgoing(kind)) connection.addTransceiver(kind, { direction: 'recvonly' })
    },
    // One after the other: a candidate must not overtake the description it belongs to.
    hear(id, payload) {
      const peer = open(id)
      peer.queue = (peer.queue ?? Promise.resolve()).then(() => hear(id, payload)).catch(console.error)
    },
    drop(id) {
      peers.get(id)?.connection.close()
      peers.delete(id)
    },
    replaceVideo(track) {
      for (const { connection, stream } of peers.values()) {
        const sender = connection.getSenders().find((one) => one.track?.kind === 'video')
        if (sender && track) sender.replaceTrack(track)
        else if (track) connection.addTrack(track, stream)
      }
    },
    /** Stops or resumes receiving video, for audio-only. */
    receiveVideo(on) {
      for (const { connection } of peers.values())
        for (const receiver of connection.getReceivers())
          if (receiver.track.kind === 'video') receiver.track.enabled = on
    },
    connected: (id) => peers.get(id)?.connection.connectionState === 'connected',
    closeAll() {
      for (const { connection } of peers.values()) connection.close()
      peers.clear()
    },
  }
}
