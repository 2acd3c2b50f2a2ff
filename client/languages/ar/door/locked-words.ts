// In Arabic: what a patient reads who came while the door was locked.
import type * as English from '../../../door/locked-words.ts'

export const lockedWords: typeof English.lockedWords = {
  title: 'غرفة الانتظار مغلقة لبعض الوقت.',
  why: 'أغلقها مقدّم الرعاية أمام كل من ليس فيها بعد. يمكنه أن يفتحها، أو أن يُدخلك وحدك، في أي وقت.',
  seen: (clock) => `ترى عيادتك أنك حاولت الدخول في الساعة ${clock}.`,
  keepOpen: 'يُرجى ترك هذه الصفحة مفتوحة: فهي تتابع تلقائيًا.',
  trying: 'نواصل المحاولة.',
  coming: 'يمكنك الآن الانتقال إلى غرفة الانتظار.',
  leave: 'عدم مواصلة الانتظار',
}
