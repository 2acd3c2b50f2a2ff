// In Arabic: what somebody reads who was invited, before they have pressed.
import type * as English from '../../../launch/join-words.ts'

export const joinWords: typeof English.joinWords = {
  title: 'أنت مدعوّ إلى استشارة عبر الفيديو',
  first:
    'يُرجى استخدام الهاتف أو الحاسوب الذي تريد أن يراك ويسمعك الآخرون به. بعد ذلك تصبح دعوتك صالحة لهذا المتصفح وحده.',
  go: 'الذهاب إلى غرفة الانتظار',
  going: 'جارٍ فتح غرفة الانتظار…',
  haveCode: 'لديّ رمز',
  codeTitle: 'اكتب رمزك',
  codeFirst: 'يتكوّن الرمز من عشرة أحرف وأرقام. تجده في دعوتك.',
  code: 'الرمز',
  example: 'مثال: \u20687KPT2-XQ4RD\u2069',
}
