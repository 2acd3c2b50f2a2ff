// In Simplified Chinese: what a clinician can let somebody who waits know.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/message-words.ts'

export const messageSentences: typeof English.messageSentences = {
  'not-forgotten': '我们没有忘记您。您的医护人员知道您在等候。',
  soon: '您的医护人员几分钟后就来。',
  papers: '请把您的药物和资料放在手边。',
  'quiet-place': '请到安静、光线好的地方。',
  'somebody-with-you': '如果有人要陪您参加问诊，请让他们现在过来。',
}

export const messageWords: typeof English.messageWords = {
  title: '来自您的医护人员',
  ready: (clock, sentence) => `${clock}：${sentence}`,
  own: (clock) => `${clock}，您的医护人员的原话：`,
  wrote: (words) => `您的医护人员写道：“${isolated(words)}”`,
}
