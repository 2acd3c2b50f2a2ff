// In Simplified Chinese: remedies for everything after getting in.
import { r } from '../../../base/remedy.ts'
import type * as English from '../../../base/visit-words.ts'
import { askAdmin, callUs, inAMinute, tryAgain } from './remedy-words.ts'

export const visitRemedies: typeof English.visitRemedies = {
  'appointment-unknown': r('A1', 'list', '我们找不到这个预约', '它可能已改期或被删除。', {
    patient: '请返回您的问诊列表，或致电诊所。',
    clinician: '请在日程中查找，然后重新打开。',
  }),
  'appointment-unusable': r(
    'A2',
    'call',
    '这个预约不完整',
    '它需要一位前来的患者、开始时间、结束时间，以及说明其状况的状态。',
    { patient: callUs, clinician: '请在日程中补充完整，然后重新打开。正在等候的人会保留位置。' },
  ),
  'appointment-fulfilled': r('A9', 'call', '病历显示这次问诊已完成', '它的预约已标记为完成，而这里没有人来过。', {
    patient: '如果它还应该进行，请致电诊所。',
    clinician: '如果它还应该进行，请照样打开。',
  }),
  'appointment-cancelled': r('A3', 'call', '这个预约已取消', '这个时间没有问诊。', {
    patient: '请致电诊所另约时间。',
    clinician: '请返回您的日程。',
  }),
  'appointment-past': r('A4', 'call', '这个预约已结束', '它的时间已过。', {
    patient: '请致电诊所另约时间。',
    clinician: '请返回您的日程。',
  }),
  'appointment-changed': r(
    'A5',
    'list',
    '这个预约有了变化',
    '它已改期，或者现在属于其他人。',
    '请返回问诊列表并重新打开。',
  ),
  'patient-replaced': r(
    'A10',
    'call',
    '这份档案已被另一份取代',
    '病历系统已将它与同一人的另一份档案合并，我们无法从这里打开那一份。',
    {
      patient: '请几分钟后重试，或致电诊所。',
      clinician: '请几分钟后重试。如果仍然如此，请让人为有效的那份档案预约，并打开那个预约。',
    },
  ),
  'too-early': r('A6', 'list', '现在进入这次问诊还太早', '候诊室会在问诊前不久开放。', '请稍后再来。'),
  'visit-finished': r('A7', 'list', '这次问诊已结束', '现在任何人都不能再加入。', {
    patient: '您可以关闭这个页面。',
    clinician: '它的记录仍在那里。',
  }),
  'devices-unchecked': r('D1', 'retry', '我们先检查您的摄像头和麦克风', '只需几秒钟。', '请完成检查，然后继续。'),
  'consent-needed': r(
    'D20',
    'retry',
    '我们需要先得到您的同意',
    '诊所要求在视频问诊前征得同意。',
    '请阅读同意书，然后决定。',
  ),
  'consent-changed': r(
    'D21',
    'retry',
    '同意书已更改',
    '诊所在您阅读期间更改了同意书。没有记录任何同意。',
    '请阅读新的同意书，然后决定。',
  ),
  'door-locked': r('D6', 'retry', '门已锁上', '现在任何人都不能加入。', tryAgain),
  'not-admitted': r('D4', 'retry', '您还没有获准进入', '由您的医护人员开门。', '请留在候诊室。'),
  'admission-declined': r('D5', 'call', '您没有获准进入', '您的医护人员现在无法接诊。', {
    patient: callUs,
    clinician: '请返回您的日程。',
  }),
  'room-script-refused': r('D9', 'retry', '视频通话现在无法打开', '视频房间与批准时不一致，或者没有响应。', {
    patient: callUs,
    clinician: '请告知负责视频问诊的人员，并提供这个代码。',
  }),
  'recording-not-asked': r('D8', 'retry', '没有人要求录制这次问诊', '那个问题已经不在了。', '请继续问诊。'),
  'ehr-unreachable': r('E1', 'retry', '病历系统没有响应', '它可能正忙。', inAMinute),
  'ehr-failed': r('E2', 'retry', '病历系统有问题', '它有回应，但不正常。', inAMinute),
  'ehr-busy': r('E5', 'retry', '病历系统正忙', '它让我们稍后再来。', inAMinute),
  'ehr-refused': r('E3', 'retry', '病历系统没有允许这样做', '您在那里的账户可能缺少权限。', askAdmin),
  'ehr-too-large': r('E4', 'retry', '病历系统发来的内容太多', '它的回应超过了一次能读取的量。', askAdmin),
  'bad-request': r('W1', 'retry', '没有成功', '这个页面和我们的系统没有互相理解。', '请重新载入页面。'),
  'method-refused': r('W8', 'retry', '没有成功', '这个页面和我们的系统没有互相理解。', '请重新载入页面。'),
  'too-large': r('W2', 'retry', '内容太长', '文字中有一部分超过了我们能保存的长度。', '请缩短。'),
  'media-type': r('W3', 'retry', '没有成功', '这个页面和我们的系统没有互相理解。', '请重新载入页面。'),
  'not-found': r('W4', 'list', '这个网址没有内容', '它可能已过时，或者有字母写错了。', {
    patient: '请返回您的问诊列表。',
    clinician: '请返回您的日程。',
    either: '请再看一下网址，或从您之前打开的地方打开问诊。',
  }),
  'too-many': r('W5', 'retry', '操作有点太快', '短时间内收到的请求太多。', tryAgain),
  fault: r('W6', 'retry', '我们这边出了问题', '问题已记录下来，我们会处理。', inAMinute),
}
