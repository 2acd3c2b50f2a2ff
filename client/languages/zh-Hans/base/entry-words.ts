// In Simplified Chinese: remedies for getting in.
import type * as English from '../../../base/entry-words.ts'
import { r } from '../../../base/remedy.ts'
import { askAdmin, elseAsk, reopen } from './remedy-words.ts'

export const entryRemedies: typeof English.entryRemedies = {
  'unknown-issuer': r('S1', 'sign-in', '我们不认识这个病历系统', '您来自的页面属于一个我们没有合作的系统。', askAdmin),
  'launch-incomplete': r('S2', 'sign-in', '链接不完整', '网址缺少一部分。', {
    patient: '请从您的患者门户重新打开问诊，或在这里选择您的诊所。',
    clinician: '请从病历重新打开问诊，或在这里选择您的机构。',
    either: '请从您原来打开的地方重新打开问诊，或在这里选择您的诊所。',
  }),
  'launch-unknown': r('S3', 'reopen', '这次登录已失效', '它已经用过，或者花的时间太长。', reopen),
  'launch-elsewhere': r(
    'S4',
    'sign-in',
    '这次登录是在别处开始的',
    '它是在另一个浏览器或窗口中开始的，或者您的浏览器没有在这里保留它。',
    '请在这个窗口或单独的窗口中重新选择您的诊所。',
  ),
  'launch-mixed-up': r('S14', 'sign-in', '回应来自另一次登录', '这不是您选择的登录。', elseAsk('请重新选择您的诊所。')),
  'issuer-contested': r(
    'S15',
    'call',
    '这个登录入口暂时关闭',
    '这里有两个登录入口使用同一个名称，我们无法判断哪一个是您诊所的。',
    askAdmin,
  ),
  'launch-declined': r('S5', 'sign-in', '您没有登录', '登录被取消，或者您的诊所没有允许。', elseAsk('请重新登录。')),
  'launch-failed': r(
    'S6',
    'sign-in',
    '您诊所的登录没有成功',
    '它没有回应，或者回应不正常。',
    elseAsk('请一分钟后重试。'),
  ),
  'identity-unverified': r(
    'S7',
    'sign-in',
    '我们无法确认您的身份',
    '您诊所的登录没有告诉我们。',
    elseAsk('请重新登录。'),
  ),
  'role-unknown': r(
    'S8',
    'call',
    '这个账户不能参加问诊',
    '它不属于患者，不属于代表患者的人，也不属于医护人员。',
    askAdmin,
  ),
  'scope-missing': r(
    'S9',
    'sign-in',
    '缺少一些权限',
    '您的病历系统没有允许视频问诊所需的全部权限。',
    '请重新登录，并保持所有选项为勾选状态。',
  ),
  'session-ended': r('S10', 'reopen', '您已退出登录', '为了保护您问诊的隐私，过一段时间会自动退出。', {
    ...reopen,
    patient: `如果您刚才在等候，现在已不在等候。${reopen.patient}`,
  }),
  'ehr-session-ended': r('S11', 'reopen', '您的病历系统已让您退出登录', '过一段时间会这样。', reopen),
  'origin-refused': r('S12', 'reopen', '这个页面不能这样做', '这个请求不是来自我们自己的页面。', reopen),
  'hand-over-unknown': r('S13', 'reopen', '这个窗口打开得太晚了', '或者它之前已经打开过。', reopen),
  'clinician-only': r('P1', 'list', '只有医护人员可以这样做', '您是以其他人的身份登录的。', '请返回问诊列表。'),
  'patient-only': r('P2', 'list', '只有患者可以这样做', '或者由代表患者的人来做。', '请返回问诊列表。'),
  'not-participant': r('P3', 'list', '这个预约是其他人的', '上面没有您的名字。', {
    patient: '请返回您的问诊列表，或致电诊所。',
    clinician: '请返回您的日程。如果它应该是您的，请让人更改预约。',
  }),
  'other-patient': r('P4', 'list', '这是另一位患者的预约', '这个窗口只为一位患者打开。', {
    patient: '请返回您的问诊列表，或致电诊所。',
    clinician: '请从那位患者的病历打开这次问诊。',
  }),
  'no-longer-participant': r('P6', 'list', '这个预约现在是其他人的', '在您打开之后它有了更改，上面已没有您的名字。', {
    patient: '请返回您的问诊列表，或致电诊所。',
    clinician: '请返回您的日程。如果它应该是您的，请让人更改预约，然后重新打开。',
  }),
  'not-your-visit': r('P5', 'list', '这次问诊不对您开放', '它属于其他人。', '请返回问诊列表。'),
}
