// What a clinician reads at the check of her own devices.

export const ownCheckWords = {
  open: 'Check camera, microphone and loudspeaker',
  heard: 'You will hear your patient.',
  done: 'Close the check',
}
