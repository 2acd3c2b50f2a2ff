// In Simplified Chinese: the words of a page before it knows who is signed in.
import type * as English from '../../words.ts'

export const shell: typeof English.shell = {
  language: 'zh-Hans',
  direction: 'ltr',
  title: '视频问诊',
  noScript: 'JavaScript 已关闭',
  switchOn: '视频问诊需要使用 JavaScript。请在浏览器中打开。如果您是患者，也可以打电话给您的医护人员。',
}

export const opening: typeof English.opening = {
  title: '正在打开您的问诊',
  waiting: {
    now: '正在载入您的诊所…',
    still: '仍在等待您的诊所。所需时间比平时长。',
  },
}
