// In Simplified Chinese: the words of the widgets, of times and of tabs.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../ui/words.ts'

export const wait: typeof English.wait = {
  again: '重新载入页面',
}

export const waitForVisit: typeof English.waitForVisit = {
  now: '正在载入您的问诊…',
  still: '仍在等待您的问诊。所需时间比平时长。',
}

export const title: typeof English.title = '视频问诊'

export const page: typeof English.page = {
  signOut: '退出登录',
  help: '需要帮助吗？',
  elsewhere: '我是否也在别处登录？',
  call: (phone) => `致电诊所：${isolated(phone)}`,
  languages: '语言',
  signedOut: '您已退出登录',
  close: '您可以关闭这个页面。',
}

export const detailsTitle: typeof English.detailsTitle = '详细信息'

export const clinicNamed: typeof English.clinicNamed = ({ name, phone }) => `${isolated(name)}：${isolated(phone)}`

export const phoneLink: typeof English.phoneLink = (phone) => `拨打 ${isolated(phone)}`

const asked = (seconds: number): string =>
  seconds < 120
    ? `它要求等待 ${seconds} 秒。`
    : seconds < 7200
      ? `它要求等待 ${Math.ceil(seconds / 60)} 分钟。`
      : `它要求等待 ${Math.ceil(seconds / 3600)} 小时。`

export const problem: typeof English.problem = {
  again: '重试',
  back: '返回您的问诊列表',
  choose: '选择您的诊所',
  signIn: '或在这里登录',
  apart: '在单独的窗口中打开',
  wait: asked,
  support: (code) => ['支持代码：', code],
  headline: (title) => `${title}。`,
  request: (number) => `请把这一整串告诉支持人员：${number}`,
}

export const times: typeof English.times = {
  language: 'zh',
  habit: 'zh-Hans',
  asked: '',
  today: (clock) => `今天 ${clock}`,
  on: (day, clock) => `${day} ${clock}`,
  zoned: (time, zone) => `${time}（${zone}）`,
  moment: '不到一分钟',
  minutes: (minutes) => (minutes === 0 ? '不到 1 分钟' : `${minutes} 分钟`),
  hours: (hours, minutes) => (minutes === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes} 分钟`),
  about: (age) => `约${age}`,
  lessThan: (age) => `不到${age}`,
}
