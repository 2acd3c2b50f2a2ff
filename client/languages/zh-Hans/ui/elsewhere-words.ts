// In Simplified Chinese: the words for where else somebody is signed in.
import type * as English from '../../../ui/elsewhere-words.ts'

export const elsewhere: typeof English.elsewhere = {
  none: '您只在这里登录。',
  others: (n) => `您还在另外 ${n} 处登录。`,
  end: '在其他所有地方退出登录',
  ended: '您已在其他所有地方退出登录。',
}
