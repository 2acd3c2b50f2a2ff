// What the clinician reads in the call's bar and behind its last button. Comes with the clinician's part alone.

export const barWords = {
  title: 'Call controls',
  mute: 'Mute',
  muteNamed: 'Mute your microphone',
  unmute: 'Unmute',
  unmuteNamed: 'Unmute your microphone',
  stopCamera: 'Camera off',
  stopCameraNamed: 'Camera off: nobody sees you',
  startCamera: 'Camera on',
  startCameraNamed: 'Camera on: you are seen',
  bringPicture: 'Video back on',
  more: 'More',
  leave: 'Leave',
  leaveNamed: 'Leave the call',
  sharing: 'You are sharing your screen.',
  notIn: 'You are not in the call.',
  entering: 'Going into the call…',
}

export const moreWords = {
  mute: (name: string) => `Mute ${name}`,
  muted: (name: string) => `${name} is muted.`,
  muteEveryone: 'Mute everyone',
  everyoneMuted: 'Everyone else is muted.',
  reconnect: 'Reconnect',
  small: 'Small video',
  large: 'Large video',
}
