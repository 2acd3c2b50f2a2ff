// In Simplified Chinese: the words of the pages before a visit.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../launch/words.ts'

export const launch: typeof English.launch = {
  opening: '正在打开您的问诊',
  waiting: {
    now: '正在等待您诊所的登录…',
    still: '仍在等待您诊所的登录。所需时间比平时长。',
  },
}

export const noCookies: typeof English.noCookies = {
  title: '问诊需要单独的窗口',
  why: '您病历系统的这个窗口不能让您保持登录。请在单独的窗口中打开问诊。',
  open: '在单独的窗口中打开问诊',
}

export const organisations: typeof English.organisations = {
  title: '您的问诊在哪里？',
  tab: '登录 – 视频问诊',
  waiting: {
    now: '正在载入诊所列表…',
    still: '仍在等待诊所列表。所需时间比平时长。',
  },
  none: '这里还没有设置任何诊所。请从您诊所的患者门户打开问诊。',
  choose: '请选择您的诊所。请用您在那里使用的用户名和密码登录。',
}

export const handOver: typeof English.handOver = {
  title: '正在打开您的问诊',
  waitForWindow: {
    now: '正在等待您来自的窗口…',
    still: '仍在等待您来自的窗口。所需时间比平时长。',
  },
  stuck: '请回到您来自的窗口。关闭这个窗口，并在那里再按一次按钮。',
}

export const whose: typeof English.whose = {
  title: '这是您吗？',
  says: {
    clinician: (name, clinic) => `您将以 ${isolated(name)} 的身份继续，即 ${isolated(clinic)} 的医护人员。`,
    patient: (name, clinic) => `您将以 ${isolated(name)} 的身份继续，即 ${isolated(clinic)} 的患者。`,
    representative: (name, clinic) => `您将以 ${isolated(name)} 的身份继续，即代表 ${isolated(clinic)} 一位患者的人。`,
  },
  warning: '如果这个链接是别人发给您的，或者这不是您的名字，请不要继续：您说的和写的都会算作那个人的。',
  leave: '这不是我',
  go: '是，这是我',
  left: '没有打开任何内容',
  close: '请关闭这个窗口。请从您的患者门户或病历打开问诊。',
}
