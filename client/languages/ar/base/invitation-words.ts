// In Arabic: remedies for whoever was invited to a visit by a link.
import type * as English from '../../../base/invitation-words.ts'
import { r } from '../../../base/remedy.ts'
import { callUs } from './remedy-words.ts'

const askAgain = 'يُرجى طلب رابط جديد ممن دعاك.'

export const invitationRemedies: typeof English.invitationRemedies = {
  'invitation-unknown': r(
    'I1',
    'retry',
    'هذا الرابط أو الرمز غير معروف',
    'ربما كُتب خطأً، أو أُرسل رابط أحدث بعده.',
    `يُرجى التحقق منه مرة أخرى. ${askAgain}`,
  ),
  'invitation-used': r(
    'I2',
    'retry',
    'هذه الدعوة مفتوحة في متصفح آخر',
    'إنها صالحة لمتصفح واحد فقط: المتصفح الذي فُتحت فيه أولًا.',
    'يُرجى العودة إلى ذلك المتصفح. إذا تعذّر ذلك، أو لم تكن أنت من فتحها، فاطلب رابطًا جديدًا ممن دعاك.',
  ),
  'invitation-revoked': r('I3', 'call', 'سُحبت هذه الدعوة', 'سحبها من دعاك، أو أحد مقدّمي الرعاية في الاستشارة.', {
    patient: callUs,
    clinician: 'يُرجى دعوة الشخص من جديد.',
  }),
  'invitation-expired': r(
    'I4',
    'call',
    'انتهت هذه الاستشارة بالنسبة إليك',
    'لقد انتهت، أو أُلغيت، أو مضى وقتها.',
    'يمكنك إغلاق هذه الصفحة.',
  ),
  'invitation-limit': r(
    'I5',
    'list',
    'لا يمكن دعوة المزيد من الأشخاص',
    'دُعي إلى هذه الاستشارة أكبر عدد تتسع له.',
    'يُرجى سحب دعوة لم تعد لازمة.',
  ),
}
