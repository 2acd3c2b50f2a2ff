// In Arabic: what a patient reads who heard the test sound, or did not.
import type * as English from '../../../door/speaker-words.ts'

export const speakerWords: typeof English.speakerWords = {
  question: 'هل سمعت نغمتين خافتتين؟',
  yes: 'نعم، سمعتهما',
  no: 'لا',
  again: 'تشغيله مرة أخرى',
  good: 'ستسمع مقدّم الرعاية.',
  silent: {
    title: 'لنعرف لماذا لا تسمع شيئًا.',
    another: 'اختر مكبّر صوت آخر أعلاه.',
    advice: [
      'ارفع مستوى الصوت في جهازك.',
      'إذا كان في جانب هاتفك مفتاح لكتم الصوت، فحرّكه.',
      'إذا كنت تستخدم سماعات، فتأكد من أنها موصولة.',
    ],
  },
  unplayed: 'لم يشغّل المتصفح الصوت. اضغط على الزر مرة أخرى.',
}
