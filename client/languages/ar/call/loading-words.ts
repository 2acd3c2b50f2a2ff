// In Arabic: what is read while the call's code is on its way.
import type * as English from '../../../call/loading-words.ts'

export const loadingWords: typeof English.loadingWords = {
  wait: {
    now: 'جارٍ تحميل مكالمة الفيديو…',
    still: 'ما زلنا ننتظر مكالمة الفيديو. يستغرق ذلك وقتًا أطول من المعتاد.',
  },
  again: 'إعادة المحاولة',
}
