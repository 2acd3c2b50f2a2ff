// In Arabic: the question before somebody who waits leaves, or signs out.
import type * as English from '../../../ui/sign-out-words.ts'

export const signOutWords: typeof English.signOutWords = {
  door: {
    title: 'هل تريد تسجيل الخروج وفقدان مكانك؟',
    says: 'للعودة، افتح الاستشارة مرة أخرى.',
    yes: 'المغادرة وتسجيل الخروج',
    no: 'مواصلة الانتظار',
  },
  room: {
    title: 'هل تريد المغادرة وفقدان مكانك؟',
    says: 'يمكنك العودة قبل انتهاء استشارتك.',
    yes: 'نعم، المغادرة',
    no: 'مواصلة الانتظار',
  },
  cannot: {
    title: 'هل تريد إخبار العيادة بأنك لا تستطيع الحضور؟',
    says: 'ستغادر غرفة الانتظار، ويقرأ مقدّم الرعاية ذلك. لا يُلغى موعدك بهذا.',
    yes: 'نعم، إخبارهم',
    no: 'مواصلة الانتظار',
  },
  call: {
    title: 'هل تريد تسجيل الخروج ومغادرة المكالمة؟',
    says: 'تستمر الاستشارة من دونك. للعودة، افتحها مرة أخرى.',
    yes: 'المغادرة وتسجيل الخروج',
    no: 'البقاء',
  },
}
