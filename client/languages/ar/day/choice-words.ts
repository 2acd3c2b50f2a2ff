// In Arabic: the words of the list of a patient's visits.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/choice-words.ts'

const row = new Intl.ListFormat('ar', { type: 'unit', style: 'short' })

export const choice: typeof English.choice = {
  title: 'استشاراتك عبر الفيديو',
  none: 'ليس لديك استشارة عبر الفيديو اليوم. إذا كنت تتوقع استشارة، فيُرجى الاتصال بالعيادة.',
  incomplete:
    'لم يمكن قراءة جميع استشاراتك. إذا كانت استشارتك غير موجودة هنا، فيُرجى إعادة المحاولة أو الاتصال بالعيادة.',
  clinicians: (names) => row.format(names.map(isolated)),
  forPatient: (patient) => `لصالح ${isolated(patient)}`,
  goTo: 'الانتقال إلى هذه الاستشارة',
  opens: (when) => `تُفتح ${when}.`,
  cancelled: 'أُلغي هذا الموعد.',
  finished: 'انتهت هذه الاستشارة.',
  failed: 'لم تنجح هذه الاستشارة عبر الفيديو. يُرجى الاتصال بالعيادة.',
  moved: 'نُقلت هذه الاستشارة إلى وقت آخر. يُرجى الاتصال بالعيادة إذا كنت لا تعرفه بعد.',
  over: 'لقد مضى وقت هذه الاستشارة.',
  noTime: 'الوقت غير معروف',
  untimed: 'لا يذكر هذا الموعد وقتًا يُعتمد عليه. يُرجى الاتصال بالعيادة: يمكنهم تصحيحه.',
}
