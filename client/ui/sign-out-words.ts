// The words of the question before somebody who waits leaves, or signs out, or signs out of a call. Short: it is read in large type on small phones.

export const signOutWords = {
  door: {
    title: 'Sign out and lose your place?',
    says: 'To come back, open the visit again.',
    yes: 'Leave and sign out',
    no: 'Keep waiting',
  },
  room: {
    title: 'Leave and lose your place?',
    says: 'You can come back before your visit ends.',
    yes: 'Yes, leave',
    no: 'Keep waiting',
  },
  call: {
    title: 'Sign out and leave the call?',
    says: 'The visit goes on without you. To come back, open it again.',
    yes: 'Leave and sign out',
    no: 'Stay',
  },
}
