// In Arabic: what a patient reads who would rather speak by telephone.
import type * as English from '../../../door/telephone-words.ts'

export const telephoneWords: typeof English.telephoneWords = {
  title: 'عبر الهاتف',
  known: (clock) => `منذ الساعة ${clock} ترى عيادتك على شاشتها أنك تفضّل التحدث عبر الهاتف.`,
  todo: 'قد لا ينظر أحد إلى تلك الشاشة على الفور. يُرجى الاتصال بالعيادة.',
  video: 'تجربة مكالمة الفيديو على أي حال',
}
