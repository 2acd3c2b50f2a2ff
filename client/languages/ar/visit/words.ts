// In Arabic: what a patient reads around the door and the call.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../visit/words.ts'

const list = new Intl.ListFormat('ar')

export const visitWords: typeof English.visitWords = {
  comeIn: 'يمكنك الدخول',
  letIn: 'سُمح لك بالدخول. تبدأ المكالمة الآن.',
  ended: 'انتهت استشارتك.',
  cancelled: 'أُلغي هذا الموعد. يُرجى الاتصال بالعيادة.',
  declined: 'لم يمكن السماح لك بالدخول. يُرجى الاتصال بالعيادة.',
}

export const callPageWords: typeof English.callPageWords = {
  title: (clinicians) =>
    clinicians.length > 0 ? `استشارتك مع ${list.format(clinicians.map(isolated))}` : 'استشارتك مع مقدّم الرعاية',
  tab: 'استشارتك',
  forPatient: (patient) => `لصالح ${isolated(patient)}`,
  phone: (phone) => `هل توجد مشكلة؟ الاتصال على الرقم ${isolated(phone)}`,
}
