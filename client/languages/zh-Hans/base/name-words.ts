// In Simplified Chinese: what the server calls somebody who has no name.
import type { namelessWords as english } from '../../../base/name-words.ts'

export const namelessWords: typeof english = {
  Clinician: '医护人员',
  Patient: '患者',
  Representative: '代理人',
  Guest: '陪同者',
  Interpreter: '口译员',
  Colleague: '同事',
  'Name not recorded': '姓名未登记',
}
