// In Simplified Chinese: remedies for whoever was invited to a visit by a link.
import type * as English from '../../../base/invitation-words.ts'
import { r } from '../../../base/remedy.ts'
import { callUs } from './remedy-words.ts'

const askAgain = '请向邀请您的人索要新链接。'

export const invitationRemedies: typeof English.invitationRemedies = {
  'invitation-unknown': r(
    'I1',
    'retry',
    '这个链接或代码无法识别',
    '可能输入有误，或者之后又发了新的。',
    `请再核对一次。${askAgain}`,
  ),
  'invitation-used': r(
    'I2',
    'retry',
    '这份邀请已在另一个浏览器中打开',
    '它只对一个浏览器有效，即最先打开它的那个。',
    '请回到那个浏览器。如果做不到，或者打开的人不是您，请向邀请您的人索要新链接。',
  ),
  'invitation-revoked': r('I3', 'call', '这份邀请已被收回', '邀请您的人或这次问诊的医护人员收回了邀请。', {
    patient: callUs,
    clinician: '请重新邀请此人。',
  }),
  'invitation-expired': r(
    'I4',
    'call',
    '这次问诊对您来说已经结束',
    '问诊已结束、已取消，或时间已过。',
    '您可以关闭这个页面。',
  ),
  'invitation-limit': r('I5', 'list', '不能再邀请更多的人', '这次问诊邀请的人数已满。', '请收回一份不再需要的邀请。'),
}
