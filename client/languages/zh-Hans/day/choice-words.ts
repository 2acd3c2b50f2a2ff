// In Simplified Chinese: the words of the list of a patient's visits.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/choice-words.ts'

const row = new Intl.ListFormat('zh-Hans', { type: 'unit', style: 'short' })

export const choice: typeof English.choice = {
  title: '您的视频问诊',
  none: '您今天没有视频问诊。如果您本应有一次，请致电诊所。',
  incomplete: '未能读取您的全部问诊。如果这里没有您的问诊，请重试，或致电诊所。',
  clinicians: (names) => row.format(names.map(isolated)),
  forPatient: (patient) => `患者：${isolated(patient)}`,
  goTo: '前往这次问诊',
  opens: (when) => `开放时间：${when}。`,
  cancelled: '这个预约已取消。',
  finished: '这次问诊已结束。',
  failed: '这次视频问诊没有成功。请致电诊所。',
  moved: '这次问诊已改到其他时间。如果您还不知道新时间，请致电诊所。',
  over: '这次问诊的时间已过。',
  noTime: '时间未知',
  untimed: '这个预约没有可靠的时间。请致电诊所，他们可以更正。',
}
