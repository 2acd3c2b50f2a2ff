// The words of a page before it knows who is signed in.

export const opening = {
  title: 'Opening your visit',
  waiting: {
    now: 'Waiting for your clinic…',
    still: 'Still waiting for your clinic. This takes longer than usual.',
  },
}
