// In Arabic: why somebody is not let in now, as their own page says it.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/turned-away-words.ts'

export const notNowSentences: typeof English.notNowSentences = {
  'a-little-longer': 'يُرجى الانتظار قليلًا بعد.',
  'with-another': 'مقدّم الرعاية مع مريض آخر أولًا.',
  'something-first': 'على مقدّم الرعاية أن يُنجز أمرًا يخصّ استشارتك أولًا.',
}

export const refusedSentences: typeof English.refusedSentences = {
  'cannot-now': 'لا يمكن لمقدّم الرعاية مقابلتك الآن.',
  'not-by-video': 'لا يمكن القيام بذلك عبر الفيديو.',
  'we-telephone': 'سيتصل بك مقدّم الرعاية هاتفيًا.',
  'another-visit': 'هذه ليست الاستشارة المناسبة لك.',
}

export const saidWhy: typeof English.saidWhy = (why) =>
  'words' in why ? turnedAwayWords.wrote(why.words) : { ...notNowSentences, ...refusedSentences }[why.reason]

export const turnedAwayWords: typeof English.turnedAwayWords = {
  another: (patient) =>
    `لم يتمكن مقدّم الرعاية من التأكد من أنك الشخص المعنيّ بهذه الاستشارة، ولذلك أنت خارج المكالمة. الاستشارة لصالح ${isolated(patient)}: يُرجى دعوة هذا الشخص إلى هذه الشاشة والانتظار هنا، أو الاتصال بالعيادة.`,
  title: 'لم يمكن السماح لك بالدخول',
  again: 'طلب الدخول مرة أخرى',
  wrote: (words) => `كتب مقدّم الرعاية: «${isolated(words)}»`,
  sentBack: (clock) => `طُلب منك الانتظار مرة أخرى في الساعة ${clock}.`,
  asked: (clock) => `طلب منك مقدّم الرعاية الانتظار في الساعة ${clock}.`,
  place: 'أنت تحتفظ بمكانك.',
  todo: 'يُرجى الاتصال بالعيادة: سيخبرونك بما عليك فعله.',
  todoTelephone: 'يُرجى إبقاء هاتفك معك. إذا لم يتصل أحد، فاتصل بالعيادة.',
}
