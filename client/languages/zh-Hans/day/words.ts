// In Simplified Chinese: the words of the patient's list of visits, and of the screens with nothing to do but read.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/words.ts'

const list = new Intl.ListFormat('zh-Hans')

export const home: typeof English.home = {
  waiting: {
    now: '正在载入您的预约…',
    still: '仍在等待您的预约。所需时间比平时长。',
  },
  opening: '正在打开您的问诊',
}

export const withProfession: typeof English.withProfession = (name, profession) =>
  `${isolated(name)}（${isolated(profession)}）`

export const facts: typeof English.facts = ({ when, clinicians, patient }) => {
  const names = list.format(clinicians.map(isolated))
  if (patient === undefined)
    return clinicians.length > 0 ? `您的问诊：${when}，医护人员：${names}` : `您的问诊：${when}`
  return clinicians.length > 0
    ? `您的问诊：${when}，医护人员：${names}，患者：${isolated(patient)}`
    : `您的问诊：${when}，患者：${isolated(patient)}`
}

export const allVisits: typeof English.allVisits = '您的所有问诊'

export const early: typeof English.early = {
  title: '您来早了',
  opens: (when) => ['候诊室开放时间：', when, '。'],
  in: (span) => `还有 ${span}。您可以让这个页面一直开着，它会自动继续。`,
  far: (span) => `还有 ${span}。您可以关闭这个页面，到时候再用今天的方式回来。`,
  now: '您可以让这个页面一直开着，它会自动继续。',
}

export const over: typeof English.over = {
  title: '这次问诊的时间已过',
  todo: '如果您仍需要与人交谈，请致电诊所。',
}

export const cancelled: typeof English.cancelled = {
  title: '这个预约已取消',
  todo: '请致电诊所另约时间。',
}

export const notHeld: typeof English.notHeld = {
  missed: {
    title: '这次视频问诊已关闭',
    todo: '如果您仍需要与人交谈，或想另约时间，请致电诊所。',
  },
  moved: {
    title: '这次问诊已改到其他时间',
    todo: '如果您还不知道新时间，请致电诊所。',
  },
  failed: {
    title: '视频问诊没有成功',
    todo: '由于技术原因，问诊未能进行。请致电诊所，他们会告诉您接下来怎么做。',
  },
}

export const goodbye: typeof English.goodbye = {
  title: '您的问诊已结束',
  thanks: '谢谢。您可以关闭这个页面。',
  worse: '如果您有问题，或感觉病情加重，请致电诊所。',
}

export const away: typeof English.away = {
  title: '您已不在等候',
  todo: '在问诊结束前，您可以随时回来。',
  again: '回来',
}
