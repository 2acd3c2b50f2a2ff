// In Simplified Chinese: what is read while the call's code is on its way.
import type * as English from '../../../call/loading-words.ts'

export const loadingWords: typeof English.loadingWords = {
  wait: {
    now: '正在载入视频通话…',
    still: '仍在等待视频通话。所需时间比平时长。',
  },
  again: '重试',
}
