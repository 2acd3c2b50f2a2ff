// In Simplified Chinese: the words of the visit's own window.
import type * as English from '../../../frame/words.ts'

export const ownWindow: typeof English.ownWindow = {
  label: '单独的窗口',
  open: '在单独的窗口中打开问诊',
  opening: '正在打开…',
  blocked: '您的浏览器没有打开窗口。请在一分钟内按这里：',
}

export const barred: typeof English.barred = {
  title: '通话需要单独的窗口',
  page: {
    camera: '您患者门户的这个窗口不允许使用摄像头。请在单独的窗口中打开问诊：您在那里已登录，位置不变。',
    microphone: '您患者门户的这个窗口不允许使用麦克风。请在单独的窗口中打开问诊：您在那里已登录，位置不变。',
    unknown: '您患者门户的这个窗口不允许使用摄像头或麦克风。请在单独的窗口中打开问诊：您在那里已登录，位置不变。',
  },
  part: {
    camera: '您病历系统的这个窗口不允许使用摄像头。请在单独的窗口中打开问诊：您在那里已登录，位置不变。',
    microphone: '您病历系统的这个窗口不允许使用麦克风。请在单独的窗口中打开问诊：您在那里已登录，位置不变。',
    unknown: '您病历系统的这个窗口不允许使用摄像头或麦克风。请在单独的窗口中打开问诊：您在那里已登录，位置不变。',
  },
  stay: '仍在这里继续',
}

export const moved: typeof English.moved = {
  page: {
    title: '问诊在单独的窗口中',
    closed: '问诊的窗口已关闭',
    here: '您的位置会保留。您可以让这个页面一直开着。',
    first: '把问诊带回来之前，请先关闭那个窗口。',
  },
  part: {
    title: '通话在单独的窗口中',
    closed: '通话的窗口已关闭',
    here: '您的记录留在这里，门也在这里。',
    first: '把通话带回来之前，请先关闭那个窗口。',
  },
  back: '带回这里',
}
