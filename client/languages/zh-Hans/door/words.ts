// In Simplified Chinese: what a patient reads in the check of camera and microphone.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/words.ts'

export const checkWords: typeof English.checkWords = {
  title: '我们能看到您、听到您吗？',
  first: '我们先检查您的摄像头和麦克风。现在还没有人能看到您。',
  question: (stressed) => ['您的浏览器会询问您。请按', stressed('允许'), '。'],
  start: '检查摄像头和麦克风',
  starting: '正在打开您的摄像头和麦克风…',
  slow: '您的浏览器有没有显示询问？请按“允许”。它在页面的顶部或底部。',
  retry: '重试',
  busy: '请稍候…',
  onwards: '前往候诊室',
  withoutCamera: '不用摄像头继续',
  withoutMicrophone: '不用麦克风继续',
  byTelephone: '改用电话继续',
  phone: (phone) => `或致电诊所：${isolated(phone)}`,
}
