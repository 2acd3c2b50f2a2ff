// In Simplified Chinese: what a patient reads who would rather speak by telephone.
import type * as English from '../../../door/telephone-words.ts'

export const telephoneWords: typeof English.telephoneWords = {
  title: '通过电话',
  known: (clock) => `从 ${clock} 起，您的诊所可以在屏幕上看到您希望通过电话交谈。`,
  todo: '可能没有人会马上看那个屏幕。请致电诊所。',
  video: '还是试试视频通话',
}
