// What a patient reads who would rather speak by telephone.

export const telephoneWords = {
  title: 'By telephone',
  known: (clock: string) => `Since ${clock} your clinic sees on its screen that you would rather speak by telephone.`,
  todo: 'Nobody may look at that screen at once. Please call the clinic.',
  video: 'Try the video call after all',
}
