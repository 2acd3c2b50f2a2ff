// In Simplified Chinese: what somebody reads who was invited, before they have pressed.
import type * as English from '../../../launch/join-words.ts'

export const joinWords: typeof English.joinWords = {
  title: '您受邀参加视频问诊',
  first: '请使用您希望出镜和通话的那部手机或电脑。之后，您的邀请只对这个浏览器有效。',
  go: '前往候诊室',
  going: '正在打开候诊室…',
  haveCode: '我有代码',
  codeTitle: '输入您的代码',
  codeFirst: '代码由十个字母和数字组成，写在您的邀请里。',
  code: '代码',
  example: '例如 7KPT2-XQ4RD',
}
