// How a visit's room looks and behaves, in the keys that Jitsi takes from the page around it.
// These only hide: what a person may do is said by the room's entry, which the server signs. Addresses and encryption are the
// browser's own doing, and are settled here.
import type { CallRules } from '../../server/wire.ts'

type Side = 'clinician' | 'patient'

/** For one side of the visit; `camera` is false for who goes on without one. */
export const roomConfig = (side: Side, camera: boolean, call: CallRules) => ({
  prejoinConfig: { enabled: false },
  // Who was let in at our door knocks at the room's own without pressing anything.
  lobby: { autoKnock: true, enableChat: false },
  toolbarButtons: buttons(side, call),
  startWithVideoMuted: !camera,
  // On a phone Jitsi would offer its own app instead of the call.
  disableDeepLinking: true,
  disableInviteFunctions: true,
  disableThirdPartyRequests: true,
  analytics: { disabled: true },
  gravatar: { disabled: true },
  doNotStoreRoom: true,
  hideConferenceSubject: true,
  readOnlyName: true,
  disableProfile: true,
  hideEmailInSettings: true,
  disableChat: !call.chat,
  disablePolls: !call.polls,
  disableReactions: !call.reactions,
  disableSelfDemote: true,
  disableRemoteMute: side === 'patient',
  securityUi: { hideLobbyButton: true, disableLobbyPassword: true },
  localRecording: { disable: true },
  recordingService: { enabled: call.recording },
  liveStreaming: { enabled: false },
  transcription: { enabled: false },
  fileSharing: { enabled: call.fileShare },
  whiteboard: { enabled: false },
  breakoutRooms: {
    hideAddRoomButton: side === 'patient' || !call.breakoutRooms,
    hideAutoAssignButton: side === 'patient' || !call.breakoutRooms,
    hideJoinRoomButton: !call.breakoutRooms,
  },
  e2ee: { disabled: !call.endToEnd },
  ...peerToPeer(call),
})

function buttons(side: Side, { chat, screenShare, recording }: CallRules): readonly string[] {
  return [
    ...['microphone', 'camera', 'toggle-camera'],
    ...(chat ? ['chat'] : []),
    ...['tileview', 'settings'],
    ...(screenShare ? ['desktop'] : []),
    ...(side === 'clinician' ? ['participants-pane', 'raisehand'] : []),
    ...(recording ? ['recording'] : []),
    'hangup',
  ]
}

/** Jitsi encrypts end to end through its videobridge only. By a relay, neither side learns the other's address. */
function peerToPeer({ endToEnd, relayOnly }: CallRules) {
  if (endToEnd) return { p2p: { enabled: false } }
  return relayOnly ? { p2p: { iceTransportPolicy: 'relay' } } : {}
}
