// In Simplified Chinese: what a patient reads around the door and the call.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../visit/words.ts'

const list = new Intl.ListFormat('zh-Hans')

export const visitWords: typeof English.visitWords = {
  comeIn: '您可以进来了',
  letIn: '您已获准进入。通话现在开始。',
  ended: '您的问诊已结束。',
  cancelled: '这个预约已取消。请致电诊所。',
  declined: '您未能获准进入。请致电诊所。',
}

export const callPageWords: typeof English.callPageWords = {
  title: (clinicians) =>
    clinicians.length > 0 ? `您与 ${list.format(clinicians.map(isolated))} 的问诊` : '您与医护人员的问诊',
  tab: '您的问诊',
  forPatient: (patient) => `患者：${isolated(patient)}`,
  phone: (phone) => `有问题吗？请拨打 ${isolated(phone)}`,
}
