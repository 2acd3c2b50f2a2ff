// The words of the question before somebody who waits leaves, asks for the telephone, says that they cannot make it, or signs out, or signs out of a call. Short: it is read in large type on small phones.

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
  telephone: {
    title: 'Ask to be called by telephone?',
    says: 'You leave the waiting room, and your clinic reads that you would rather be called.',
    yes: 'Yes, tell them',
    no: 'Keep waiting',
  },
  cannot: {
    title: 'Tell the clinic that you cannot make it?',
    says: 'You leave the waiting room, and your clinician reads it. Your appointment is not cancelled by this.',
    yes: 'Yes, tell them',
    no: 'Keep waiting',
  },
  call: {
    title: 'Sign out and leave the call?',
    says: 'The visit goes on without you. To come back, open it again.',
    yes: 'Leave and sign out',
    no: 'Stay',
  },
}
