// The words of the question before somebody who waits, or is in a call, signs out.

export const signOutWords = {
  door: {
    title: 'Leave the waiting room and sign out?',
    says: 'You lose your place. To come back, open the visit again from where you opened it.',
    yes: 'Leave and sign out',
    no: 'Keep waiting',
  },
  call: {
    title: 'Leave the call and sign out?',
    says: 'The visit goes on without you. To come back, open it again from where you opened it.',
    yes: 'Leave and sign out',
    no: 'Stay',
  },
}
