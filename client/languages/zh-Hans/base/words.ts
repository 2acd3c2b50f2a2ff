// In Simplified Chinese: the words that a page must have before it can load any.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/words.ts'

const keepTrying = {
  patient: '我们会继续尝试。您也可以致电诊所。',
  clinician: '我们会继续尝试。',
  either: '我们会继续尝试。',
}

export const offline: typeof English.offline = r(
  'W7',
  'retry',
  '没有连接',
  '可能是您的网络连接有问题，也可能是我们这边有问题。',
  keepTrying,
)

export const eitherOf: typeof English.eitherOf = (patient, clinician) =>
  `如果您是患者：${patient}如果您是医护人员：${clinician}`

export const unavailable: typeof English.unavailable = r(
  'W9',
  'retry',
  '视频问诊系统现在没有响应',
  '这不是您的网络连接的问题，是我们这边出了问题。',
  keepTrying,
)
