// In Arabic: what somebody in the waiting room can say meanwhile.
import type * as English from '../../../door/meanwhile-words.ts'

export const meanwhileWords: typeof English.meanwhileWords = {
  step: 'سأبتعد لمدة 10 دقائق',
  back: 'لقد عدت',
  telephone: 'اتصلوا بي هاتفيًا بدلًا من ذلك',
  cannot: 'لا أستطيع الحضور',
}

export const elsewhereAtDoor: typeof English.elsewhereAtDoor = {
  title: 'لقد فتحت هذه الاستشارة في صفحة أخرى',
  says: 'إنها مستمرة هناك: على جهاز آخر، أو في نافذة أخرى. يمكنك إغلاق هذه الصفحة.',
  here: 'المتابعة هنا بدلًا من ذلك',
}

export const cannotWords: typeof English.cannotWords = {
  title: 'تعرف العيادة أنك لا تستطيع الحضور',
  known: (clock) => `قلت ذلك في الساعة ${clock}.`,
  todo: 'لا يُلغى موعدك بهذا: مقدّم الرعاية يقرر كيف يستمر الأمر. لتحديد موعد جديد، يُرجى الاتصال بالعيادة.',
  video: 'يمكنني الحضور رغم ذلك',
}
