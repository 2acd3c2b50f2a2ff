// In Arabic: what a patient reads of what the check found.
import type * as English from '../../../door/findings-words.ts'

export const findingsWords: typeof English.findingsWords = {
  picture: 'صورتك أنت',
  camera: 'الكاميرا',
  microphone: 'الميكروفون',
  loudspeaker: 'مكبّر الصوت',
  level: 'مستوى الميكروفون',
  heard: 'نحن نسمعك.',
  silent: 'قل بضع كلمات.',
  sound: 'تشغيل صوت تجريبي',
  shut: 'تعذّر فتح مكبّر الصوت هذا. اختر غيره.',
  again: 'بدء الفحص من جديد',
}
