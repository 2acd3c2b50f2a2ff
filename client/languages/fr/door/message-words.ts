// In French: what a clinician can let somebody who waits know.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/message-words.ts'

export const messageSentences: typeof English.messageSentences = {
  'not-forgotten': 'Personne ne vous oublie. Votre soignant sait que vous attendez.',
  soon: 'Votre soignant sera avec vous dans quelques minutes.',
  papers: 'Gardez vos médicaments et vos papiers à portée de main, s’il vous plaît.',
  'quiet-place': 'Allez dans un endroit calme et bien éclairé, s’il vous plaît.',
  'somebody-with-you':
    'Si quelqu’un doit être avec vous pendant la consultation, demandez-lui de venir maintenant, s’il vous plaît.',
}

export const messageWords: typeof English.messageWords = {
  title: 'De votre soignant',
  ready: (clock, sentence) => `${clock} : ${sentence}`,
  own: (clock) => `${clock}, avec les mots de votre soignant :`,
  wrote: (words) => `Votre soignant a écrit : « ${isolated(words)} »`,
}
