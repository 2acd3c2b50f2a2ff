// In Simplified Chinese: what a patient reads who came while the door was locked.
import type * as English from '../../../door/locked-words.ts'

export const lockedWords: typeof English.lockedWords = {
  title: '候诊室暂时关闭。',
  why: '您的医护人员已对所有尚未进入的人关闭候诊室。他们可以随时打开，或单独让您进入。',
  seen: (clock) => `您的诊所看到您在 ${clock} 尝试进入。`,
  keepOpen: '请让这个页面一直开着，它会自动继续。',
  trying: '我们会继续尝试。',
  coming: '您现在可以前往候诊室。',
  leave: '不再等候',
}
