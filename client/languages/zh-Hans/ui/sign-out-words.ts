// In Simplified Chinese: the question before somebody who waits leaves, or signs out.
import type * as English from '../../../ui/sign-out-words.ts'

export const signOutWords: typeof English.signOutWords = {
  door: {
    title: '要退出登录并失去您的位置吗？',
    says: '如要回来，请重新打开问诊。',
    yes: '离开并退出登录',
    no: '继续等候',
  },
  room: {
    title: '要离开并失去您的位置吗？',
    says: '在问诊结束前，您可以回来。',
    yes: '是，离开',
    no: '继续等候',
  },
  telephone: {
    title: '要请诊所给您打电话吗？',
    says: '您会离开候诊室，诊所会看到您更希望接听电话。',
    yes: '是，告诉他们',
    no: '继续等候',
  },
  cannot: {
    title: '要告诉诊所您不能参加吗？',
    says: '您会离开候诊室，您的医护人员会看到。这不会取消您的预约。',
    yes: '是，告诉他们',
    no: '继续等候',
  },
  call: {
    title: '要退出登录并离开通话吗？',
    says: '您离开后问诊会继续。如要回来，请重新打开。',
    yes: '离开并退出登录',
    no: '留下',
  },
}
