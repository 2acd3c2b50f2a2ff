// What a patient reads who heard the test sound, or did not.

export const speakerWords = {
  question: 'Did you hear two soft notes?',
  yes: 'Yes, I heard them',
  no: 'No',
  again: 'Play it again',
  good: 'You will hear your clinician.',
  silent: {
    title: 'Let us find out why you hear nothing.',
    another: 'Choose another loudspeaker above.',
    advice: [
      'Turn up the volume of your device.',
      'If your phone has a switch for silence at its side, move it.',
      'If you use headphones, see whether they are plugged in or connected.',
    ],
  },
  unplayed: 'Your browser did not play the sound. Press the button once more.',
}
