// The words of a page before it knows who is signed in: those the build writes into it, and the first ones its script shows.

export const shell = {
  language: 'en',
  direction: 'ltr',
  title: 'Video visit',
  noScript: 'JavaScript is switched off',
  switchOn: 'A video visit needs it. Switch it on in your browser. As a patient you can also call your clinic.',
}

export const opening = {
  title: 'Opening your visit',
  waiting: {
    now: 'Loading your clinic…',
    still: 'Still waiting for your clinic. This takes longer than usual.',
  },
}
