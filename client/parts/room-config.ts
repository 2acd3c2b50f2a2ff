// How a visit's room looks and behaves, in the keys that Jitsi takes from the page around it.
// These only hide: what a person may do is said by the room's entry, which the server signs.

const patientButtons = ['microphone', 'camera', 'toggle-camera', 'chat', 'tileview', 'settings', 'hangup']
const clinicianButtons = [...patientButtons.slice(0, -1), 'desktop', 'participants-pane', 'raisehand', 'hangup']

/** For one side of the visit; `camera` is false for who goes on without one. */
export const roomConfig = (side: 'clinician' | 'patient', camera: boolean) => ({
  prejoinConfig: { enabled: false },
  // Who was let in at our door knocks at the room's own without pressing anything.
  lobby: { autoKnock: true, enableChat: false },
  toolbarButtons: side === 'clinician' ? clinicianButtons : patientButtons,
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
  disablePolls: true,
  disableReactions: true,
  disableSelfDemote: true,
  disableRemoteMute: side === 'patient',
  securityUi: { hideLobbyButton: true, disableLobbyPassword: true },
  localRecording: { disable: true },
  recordingService: { enabled: false },
  liveStreaming: { enabled: false },
  transcription: { enabled: false },
  fileSharing: { enabled: false },
  whiteboard: { enabled: false },
  breakoutRooms: { hideAddRoomButton: true, hideAutoAssignButton: true, hideJoinRoomButton: true },
})
