// What a patient reads of what the check found.

export const findingsWords = {
  picture: 'Your own picture',
  camera: 'Camera',
  microphone: 'Microphone',
  loudspeaker: 'Loudspeaker',
  level: 'Microphone level',
  heard: 'We can hear you.',
  silent: 'Say a few words.',
  sound: 'Play a test sound',
  shut: 'This loudspeaker could not be opened. Choose another one.',
  again: 'Start the check again',
}
