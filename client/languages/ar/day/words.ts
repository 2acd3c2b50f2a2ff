// In Arabic: the words of the patient's list of visits, and of the screens with nothing to do but read.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../day/words.ts'

const list = new Intl.ListFormat('ar')

export const home: typeof English.home = {
  waiting: {
    now: 'جارٍ تحميل مواعيدك…',
    still: 'ما زلنا ننتظر مواعيدك. يستغرق ذلك وقتًا أطول من المعتاد.',
  },
  opening: 'جارٍ فتح استشارتك',
}

export const withProfession: typeof English.withProfession = (name, profession) =>
  `${isolated(name)} (${isolated(profession)})`

export const facts: typeof English.facts = ({ when, clinicians, patient }) => {
  const names = list.format(clinicians.map(isolated))
  if (patient === undefined) return clinicians.length > 0 ? `استشارتك ${when} مع ${names}` : `استشارتك ${when}`
  return clinicians.length > 0
    ? `استشارتك ${when} مع ${names}، لصالح ${isolated(patient)}`
    : `استشارتك ${when}، لصالح ${isolated(patient)}`
}

export const allVisits: typeof English.allVisits = 'جميع استشاراتك'

export const early: typeof English.early = {
  title: 'لقد أتيت مبكرًا',
  opens: (when) => ['تُفتح غرفة الانتظار ', when, '.'],
  in: (span) => `المدة المتبقية: ${span}. يمكنك ترك هذه الصفحة مفتوحة: فهي تتابع تلقائيًا.`,
  far: (span) => `المدة المتبقية: ${span}. يمكنك إغلاق هذه الصفحة، والعودة حينها بالطريقة نفسها التي أتيت بها اليوم.`,
  now: 'يمكنك ترك هذه الصفحة مفتوحة: فهي تتابع تلقائيًا.',
}

export const over: typeof English.over = {
  title: 'لقد مضى وقت هذه الاستشارة',
  todo: 'إذا كنت ما زلت بحاجة إلى التحدث مع أحد، فيُرجى الاتصال بالعيادة.',
}

export const cancelled: typeof English.cancelled = {
  title: 'أُلغي هذا الموعد',
  todo: 'يُرجى الاتصال بالعيادة لتحديد موعد جديد.',
}

export const notHeld: typeof English.notHeld = {
  missed: {
    title: 'أُغلقت هذه الاستشارة عبر الفيديو',
    todo: 'إذا كنت ما زلت بحاجة إلى التحدث مع أحد، أو تريد موعدًا جديدًا، فيُرجى الاتصال بالعيادة.',
  },
  moved: {
    title: 'نُقلت هذه الاستشارة إلى وقت آخر',
    todo: 'إذا كنت لا تعرف الوقت الجديد بعد، فيُرجى الاتصال بالعيادة.',
  },
  failed: {
    title: 'لم تنجح الاستشارة عبر الفيديو',
    todo: 'لم يمكن إجراؤها لسبب تقني. يُرجى الاتصال بالعيادة: سيخبرونك كيف تتابع.',
  },
}

export const goodbye: typeof English.goodbye = {
  title: 'انتهت استشارتك',
  thanks: 'شكرًا لك. يمكنك إغلاق هذه الصفحة.',
  worse: 'إذا كان لديك سؤال، أو شعرت بأن حالتك تسوء، فيُرجى الاتصال بالعيادة.',
}

export const away: typeof English.away = {
  title: 'لم تعد في الانتظار',
  todo: 'يمكنك العودة في أي وقت قبل انتهاء استشارتك.',
  again: 'العودة',
}
