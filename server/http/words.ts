// The words of the one page the server writes itself: the form that takes a browser to the EHR's sign-in.

export const signInFormWords = {
  heading: 'Opening your visit',
  next: 'Next comes your clinic’s sign-in.',
  go: 'Continue to sign-in',
}
