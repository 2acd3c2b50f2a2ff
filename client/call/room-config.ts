// How a visit's room looks and behaves, in the keys that Jitsi takes from the page around it.
// These only hide: what a person may do is said by the room's entry, which the server signs. Addresses and encryption are the
// browser's own doing, and are settled here.
import type { CallRules } from '../../server/wire/wire.ts'
import { bridgeLogLevel } from './bridge-log.ts'

type Side = 'clinician' | 'patient'

/** For one side of the visit; `camera` is false for who goes on without one. */
export const roomConfig = (side: Side, camera: boolean, call: CallRules) => ({
  ...always,
  toolbarButtons: buttons(side, call),
  startWithVideoMuted: !camera,
  disableChat: !call.chat,
  disablePolls: !call.polls,
  disableReactions: !call.reactions,
  disableRemoteMute: side === 'patient',
  // The pane has an Admit of its own. Breakout rooms live there and nowhere else.
  participantsPane: { enabled: side === 'clinician' && call.breakoutRooms },
  recordingService: { enabled: call.recording },
  fileSharing: { enabled: call.fileShare },
  breakoutRooms: {
    hideAddRoomButton: side === 'patient' || !call.breakoutRooms,
    hideAutoAssignButton: side === 'patient' || !call.breakoutRooms,
    hideJoinRoomButton: !call.breakoutRooms,
  },
  e2ee: { disabled: !call.endToEnd },
  ...peerToPeer(call),
})

/** For either side and whatever the clinic's rules. */
const always = {
  prejoinConfig: { enabled: false },
  // Who was let in at our door knocks at the room's own without pressing anything.
  lobby: { autoKnock: true, enableChat: false },
  // On a phone Jitsi would offer its own app instead of the call.
  disableDeepLinking: true,
  disableInviteFunctions: true,
  disableThirdPartyRequests: true,
  analytics: { disabled: true },
  apiLogLevels: [bridgeLogLevel],
  gravatar: { disabled: true },
  doNotStoreRoom: true,
  hideConferenceSubject: true,
  readOnlyName: true,
  disableProfile: true,
  hideEmailInSettings: true,
  disableSelfDemote: true,
  // Letting in and taking out is our door's: a way past it in the room's menus would leave our door with another truth.
  remoteVideoMenu: { disableKick: true, disableGrantModerator: true, disableDemote: true },
  disabledNotifications: ['notify.participantWantsToJoin', 'notify.participantsWantToJoin'],
  securityUi: { hideLobbyButton: true, disableLobbyPassword: true },
  localRecording: { disable: true },
  liveStreaming: { enabled: false },
  transcription: { enabled: false },
  whiteboard: { enabled: false },
}

/**
 * What can be set anew while the room stands. `faceAlone`: for a frame that is too small for anything but the other person.
 */
export const roomLook = (side: Side, call: CallRules, faceAlone: boolean) => ({
  toolbarButtons: faceAlone ? [] : buttons(side, call),
  disableSelfView: faceAlone,
  hideDisplayName: faceAlone,
})

/**
 * A patient has what everybody needs and nothing else. A clinician has microphone, camera, recording and leaving in our own bar, and here what
 * is Jitsi's alone. Sharing a screen is: a browser takes that press only where it is made, in Jitsi's frame (jitsi-meet issue 11916).
 */
function buttons(side: Side, { chat, screenShare, breakoutRooms }: CallRules): readonly string[] {
  const talk = chat ? ['chat'] : []
  if (side === 'patient') return ['microphone', 'camera', 'toggle-camera', ...talk, 'hangup']
  return [
    ...['toggle-camera', ...talk, 'tileview', 'settings'],
    ...(screenShare ? ['desktop'] : []),
    ...(breakoutRooms ? ['participants-pane'] : []),
  ]
}

/** Jitsi encrypts end to end through its videobridge only. By a relay, neither side learns the other's address. */
function peerToPeer({ endToEnd, relayOnly }: CallRules) {
  if (endToEnd) return { p2p: { enabled: false } }
  return relayOnly ? { p2p: { iceTransportPolicy: 'relay' } } : {}
}
