// The words of the question whose visits a clinician is here for.

export const whoseVisits = {
  title: 'Whose visits?',
  waiting: {
    now: 'Loading who was chosen at your sign-in…',
    still: 'Still waiting for who was chosen at your sign-in. This takes longer than usual.',
  },
  brought: (name: string, born: string) => `Your sign-in came with one patient: ${name}, ${born}.`,
  broughtNameless: 'Your sign-in came with one patient. Your health record system did not say who it is.',
  why: 'It may be left over from somebody’s sign-in before yours. What do you want to see?',
  one: (name: string) => `Only the visits of ${name}`,
  oneNameless: 'Only this patient’s visits',
  all: 'My whole day',
}
