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
  /** How long the visit has been under way. */
  lasted: (span: string) => `Under way for ${span}.`,
  notIn: 'You are not in the call.',
  entering: 'Going into the call…',
  lost: 'The call is interrupted, and comes back by itself.',
}

export const awayWords = {
  title: 'Away for a moment',
  says: 'Whoever is in the call is told that you will be right back.',
  saysSince: (clock: string) => `Since ${clock} whoever is in the call reads that you will be right back.`,
  devices: 'Your microphone and your camera are off.',
  microphone: 'Your microphone is still on.',
  camera: 'Your camera is still on.',
}

export const moreWords = {
  mute: (name: string) => `Mute ${name}`,
  muted: (name: string) => `${name} is muted.`,
  muteEveryone: 'Mute everyone',
  everyoneMuted: 'Everyone else is muted.',
  reconnect: 'Reconnect',
  rightBack: 'I will be right back',
  back: 'I am back',
  small: 'Small video',
  large: 'Large video',
}
