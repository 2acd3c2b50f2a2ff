// Owns what the frame's address says: room, tenant, token and configuration. Takes the token out of the address at once.
// Refuses configuration keys that Jitsi does not take from a host page: they are ignored, as there.

const fromPage = new Set([
  'analytics',
  'apiLogLevels',
  'breakoutRooms',
  'constraints',
  'defaultLanguage',
  'disableChat',
  'disableDeepLinking',
  'disableInviteFunctions',
  'disablePolls',
  'disableProfile',
  'disableReactions',
  'disableRemoteMute',
  'disableSelfDemote',
  'disableSelfView',
  'disableThirdPartyRequests',
  'disabledNotifications',
  'doNotStoreRoom',
  'e2ee',
  'fileSharing',
  'forceTurnRelay',
  'gravatar',
  'hideConferenceSubject',
  'hideDisplayName',
  'hideEmailInSettings',
  'liveStreaming',
  'lobby',
  'localRecording',
  'localSubject',
  'notifications',
  'p2p',
  'participantsPane',
  'preferBosh',
  'prejoinConfig',
  'readOnlyName',
  'recordingService',
  'remoteVideoMenu',
  'requireDisplayName',
  'resolution',
  'securityUi',
  'speakerStats',
  'startAudioOnly',
  'startWithAudioMuted',
  'startWithVideoMuted',
  'subject',
  'toolbarButtons',
  'transcription',
  'useHostPageLocalStorage',
  'videoQuality',
  'whiteboard',
])

/** Keeps only what a host page may set. */
export function permitted(config) {
  return Object.fromEntries(Object.entries(config).filter(([key]) => fromPage.has(key)))
}

/** Reads the address once and strips it: a reload inside the frame finds no token, as with the real one. */
export function takeSettings() {
  const [room = '', tenant] = location.pathname.split('/').filter(Boolean).map(decodeURIComponent).reverse()
  const query = new URLSearchParams(location.search)
  const fragment = new Map(location.hash.slice(1).split('&').filter(Boolean).map(pair))
  const token = query.get('jwt') ?? fragment.get('jwt') ?? ''
  const rest = location.hash
    .slice(1)
    .split('&')
    .filter((part) => !part.startsWith('jwt='))
  history.replaceState(null, '', `${location.pathname}#${rest.join('&')}`)
  return {
    room,
    tenant,
    token,
    apiId: fragment.get('jitsi_meet_external_api_id'),
    config: permitted(group(fragment, 'config.')),
    devices: group(fragment, 'devices.'),
    userInfo: group(fragment, 'userInfo.'),
  }
}

function pair(text) {
  const cut = text.indexOf('=')
  const value = decodeURIComponent(text.slice(cut + 1))
  try {
    return [text.slice(0, cut), JSON.parse(value)]
  } catch {
    return [text.slice(0, cut), value]
  }
}

const group = (fragment, prefix) =>
  Object.fromEntries(
    [...fragment].filter(([key]) => key.startsWith(prefix)).map(([k, v]) => [k.slice(prefix.length), v]),
  )
