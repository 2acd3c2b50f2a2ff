// In Simplified Chinese: what a patient reads who heard the test sound, or did not.
import type * as English from '../../../door/speaker-words.ts'

export const speakerWords: typeof English.speakerWords = {
  question: '您听到两个轻柔的音吗？',
  yes: '是，我听到了',
  no: '没有',
  again: '再播放一次',
  good: '您能听到您的医护人员。',
  silent: {
    title: '我们来查找您听不到声音的原因。',
    another: '请在上面选择另一个扬声器。',
    advice: [
      '请调高您设备的音量。',
      '如果您的手机侧面有静音开关，请拨动它。',
      '如果您使用耳机，请看看是否已插好或已连接。',
    ],
  },
  unplayed: '您的浏览器没有播放声音。请再按一次按钮。',
}
