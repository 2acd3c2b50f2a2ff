// What somebody reads who was invited, before they have pressed: nobody knows yet who they are, nor to which visit they come.

export const joinWords = {
  title: 'You are invited to a video visit',
  first:
    'Use the phone or computer on which you want to be seen and heard. Your invitation is then for this browser alone.',
  go: 'Go to the waiting room',
  going: 'Opening the waiting room…',
  haveCode: 'I have a code',
  codeTitle: 'Type your code',
  codeFirst: 'The code has ten letters and numbers. It stands in your invitation.',
  code: 'Code',
  example: 'For example 7KPT2-XQ4RD',
}
