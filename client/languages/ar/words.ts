// In Arabic: the words of a page before it knows who is signed in.
import type * as English from '../../words.ts'

export const shell: typeof English.shell = {
  language: 'ar',
  direction: 'rtl',
  title: 'استشارة عبر الفيديو',
  noScript: 'تم إيقاف JavaScript',
  switchOn:
    'تحتاج الاستشارة عبر الفيديو إليه. يُرجى تشغيله في المتصفح. إذا كنت مريضًا، فيمكنك أيضًا الاتصال بمقدّم الرعاية.',
}

export const opening: typeof English.opening = {
  title: 'جارٍ فتح استشارتك',
  waiting: {
    now: 'جارٍ تحميل بيانات عيادتك…',
    still: 'ما زلنا ننتظر عيادتك. يستغرق ذلك وقتًا أطول من المعتاد.',
  },
}
