// What the clinician reads about recording the visit. Comes with the clinician's part alone.
import { plural } from '../base/plural.ts'

const number = plural('en')

export const deskWords = {
  title: 'Recording',
  fromOutside: 'This visit is still being recorded. Go back into the call to stop it.',
  stopping: 'Not everyone agrees to be recorded: the recording is being stopped. If it goes on, end the call.',
  refused: 'Not everyone agrees: nothing is recorded.',
  open: (answers: number) =>
    number(answers, {
      one: 'Waiting for 1 answer. Nothing is recorded.',
      other: `Waiting for ${answers} answers. Nothing is recorded.`,
    }),
  runs: 'This visit is being recorded. Everyone agreed, and anyone can stop it.',
  agreed: 'Everyone agreed. It is not recorded until you start it.',
  late: 'The recording did not start. Perhaps there is no recorder free: try again, or go on without.',
  ask: 'Ask to record',
  askAgain: 'Ask everyone again',
  yes: 'I agree',
  takeBack: 'Do not record after all',
  start: 'Start recording',
  starting: 'Starting…',
  stop: 'Stop recording',
  putAway: 'Hide this',
}
