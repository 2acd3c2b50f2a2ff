// In Arabic: the words of the pages before a visit.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../launch/words.ts'

export const launch: typeof English.launch = {
  opening: 'جارٍ فتح استشارتك',
  waiting: {
    now: 'في انتظار تسجيل الدخول لدى عيادتك…',
    still: 'ما زلنا ننتظر تسجيل الدخول لدى عيادتك. يستغرق ذلك وقتًا أطول من المعتاد.',
  },
}

export const noCookies: typeof English.noCookies = {
  title: 'تحتاج الاستشارة إلى نافذة مستقلة',
  why: 'هذه النافذة من نظام السجلات الصحية لا تُبقيك مسجّل الدخول. يُرجى فتح الاستشارة في نافذة مستقلة.',
  open: 'فتح الاستشارة في نافذتها المستقلة',
}

export const organisations: typeof English.organisations = {
  title: 'أين استشارتك؟',
  tab: 'تسجيل الدخول – استشارة عبر الفيديو',
  waiting: {
    now: 'جارٍ تحميل قائمة العيادات…',
    still: 'ما زلنا ننتظر قائمة العيادات. يستغرق ذلك وقتًا أطول من المعتاد.',
  },
  none: 'لم تُجهَّز أي عيادة هنا بعد. يُرجى فتح استشارتك من بوابة عيادتك.',
  choose: 'اختر عيادتك. سجّل الدخول بالاسم وكلمة المرور اللذين تستخدمهما هناك.',
}

export const handOver: typeof English.handOver = {
  title: 'جارٍ فتح استشارتك',
  waitForWindow: {
    now: 'في انتظار النافذة التي أتيت منها…',
    still: 'ما زلنا ننتظر النافذة التي أتيت منها. يستغرق ذلك وقتًا أطول من المعتاد.',
  },
  stuck: 'يُرجى العودة إلى النافذة التي أتيت منها. أغلق هذه النافذة، واضغط على الزر هناك مرة أخرى.',
}

export const whose: typeof English.whose = {
  title: 'هل هذا أنت؟',
  says: {
    clinician: (name, clinic) => `ستتابع باسم ${isolated(name)}، بصفة مقدّم رعاية في ${isolated(clinic)}.`,
    patient: (name, clinic) => `ستتابع باسم ${isolated(name)}، بصفة مريض لدى ${isolated(clinic)}.`,
    representative: (name, clinic) =>
      `ستتابع باسم ${isolated(name)}، بصفة من يتصرف نيابةً عن مريض لدى ${isolated(clinic)}.`,
  },
  warning: 'إذا أرسل إليك أحد هذا الرابط، أو لم يكن هذا اسمك، فلا تتابع: ما تقوله وتكتبه سيُنسب إلى ذلك الشخص.',
  leave: 'لست أنا',
  go: 'نعم، هذا أنا',
  left: 'لم يُفتح شيء',
  close: 'أغلق هذه النافذة. افتح استشارتك من بوابتك، أو من الملف الطبي.',
}
