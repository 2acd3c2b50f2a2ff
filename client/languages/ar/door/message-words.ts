// In Arabic: what a clinician can let somebody who waits know.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/message-words.ts'

export const messageSentences: typeof English.messageSentences = {
  'not-forgotten': 'لم يُنسَ أمرك. يعلم مقدّم الرعاية أنك تنتظر.',
  soon: 'سيكون مقدّم الرعاية معك خلال بضع دقائق.',
  papers: 'يُرجى إبقاء أدويتك وأوراقك في متناول يدك.',
  'quiet-place': 'يُرجى الانتقال إلى مكان هادئ وجيد الإضاءة.',
  'somebody-with-you': 'إذا كان سيرافقك أحد في الاستشارة، فيُرجى أن تطلب منه الحضور الآن.',
}

export const messageWords: typeof English.messageWords = {
  title: 'من مقدّم الرعاية',
  ready: (clock, sentence) => `${clock}: ${sentence}`,
  own: (clock) => `${clock}، بكلمات مقدّم الرعاية نفسه:`,
  wrote: (words) => `كتب مقدّم الرعاية: «${isolated(words)}»`,
}
