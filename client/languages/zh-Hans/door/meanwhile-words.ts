// In Simplified Chinese: what somebody in the waiting room can say meanwhile.
import type * as English from '../../../door/meanwhile-words.ts'

export const meanwhileWords: typeof English.meanwhileWords = {
  step: '我离开 10 分钟',
  back: '我回来了',
  telephone: '请改为给我打电话',
  cannot: '我不能参加',
}

export const elsewhereAtDoor: typeof English.elsewhereAtDoor = {
  title: '您在另一个页面打开了这次问诊',
  says: '问诊在那里继续：在另一台设备上，或在另一个窗口中。您可以关闭这个页面。',
  here: '改在这里继续',
}

export const cannotWords: typeof English.cannotWords = {
  title: '诊所已知道您不能参加',
  known: (clock) => `您在 ${clock} 说的。`,
  todo: '这不会取消您的预约：由您的医护人员决定接下来怎么做。如要另约时间，请致电诊所。',
  video: '我还是可以参加',
}
