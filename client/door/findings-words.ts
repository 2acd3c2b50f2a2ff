// What a patient reads of what the check found.

export const findingsWords = {
  picture: 'Your own picture',
  camera: 'Camera',
  microphone: 'Microphone',
  level: 'Microphone level',
  heard: 'We can hear you.',
  silent: 'Say a few words.',
  sound: 'Play a test sound',
  again: 'Start the check again',
}
