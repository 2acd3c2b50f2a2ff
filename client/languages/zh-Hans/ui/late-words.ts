// In Simplified Chinese: what is said of a clinician who runs late.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../ui/late-words.ts'

export const lateWords: typeof English.lateWords = {
  title: '要晚到吗？',
  tell: '等候您的人会看到，并附上时间。',
  minutes: (n) => `约 ${n} 分钟`,
  said: (clock, minutes) => `您在 ${clock} 说：大约晚 ${minutes} 分钟。`,
  takeBack: '撤回',
  patient: (name, clock, minutes) =>
    `${name === undefined ? '您的医护人员' : isolated(name)}在 ${clock} 说：大约晚 ${minutes} 分钟。`,
}
