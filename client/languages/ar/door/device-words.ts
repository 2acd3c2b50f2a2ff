// In Arabic: what to say, and what to do, about a camera or a microphone that does not open.
import { isolated } from '../../../base/isolated.ts'
import type { Browser } from '../../../door/browser.ts'
import type * as English from '../../../door/device-words.ts'

type Closed = English.Closed
type Advice = ReturnType<typeof English.adviceOn>

const yours: Readonly<Record<Closed, string>> = {
  camera: 'الكاميرا',
  microphone: 'الميكروفون',
  both: 'الكاميرا والميكروفون',
}
/** As browsers and systems write them. */
const labels: Readonly<Record<Closed, string>> = {
  camera: '«الكاميرا»',
  microphone: '«الميكروفون»',
  both: '«الكاميرا» و«الميكروفون»',
}
const browsers: Readonly<Record<Browser['name'], string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  other: 'المتصفح',
}
const browserOf = (name: Browser['name']) => isolated(browsers[name])

const again = 'ثم اضغط على «إعادة المحاولة».'

function allowInBrowser(closed: Closed, { name, system }: Browser): string {
  const label = labels[closed]
  if (system === 'ios' && name === 'safari')
    return `اضغط على الصورة الصغيرة بجانب العنوان. اختر «إعدادات موقع الويب»، ثم ${label}، ثم «السماح». ${again}`
  if (system === 'ios')
    return `افتح تطبيق «الإعدادات». ابحث عن ${browserOf(name)} بين التطبيقات، وشغّل ${label}. ثم افتح استشارتك مرة أخرى.`
  if (system === 'android' && name === 'firefox')
    return `اضغط على القفل أو الدرع بجانب العنوان. اضغط على «محظور» بجانب ${label}، حتى تظهر كلمة «مسموح». ${again}`
  if (system === 'android') return `اضغط على الصورة الصغيرة بجانب العنوان. اختر «الأذونات»، وشغّل ${label}. ${again}`
  if (name === 'firefox')
    return `اضغط على الصورة المشطوبة بجانب العنوان. اضغط على × بجانب «محظور». ${again} عندما يسأل ${browserOf(name)}، اختر «السماح».`
  if (name === 'safari')
    return `اضغط على ${browserOf(name)} في القائمة أعلى الشاشة. اختر «الإعدادات» مع اسم هذه الصفحة. بجانب ${label} اختر «السماح». ${again}`
  if (name === 'chrome' || name === 'edge') return `اضغط على الصورة الصغيرة بجانب العنوان. شغّل ${label}. ${again}`
  return `اضغط على الصورة الصغيرة بجانب العنوان في أعلى المتصفح، واسمح باستخدام ${label}. ${again}`
}

function allowInSystem(closed: Closed, { name, system }: Browser): string {
  const label = labels[closed]
  const its = browserOf(name)
  switch (system) {
    case 'mac':
      return `اضغط على التفاحة في زاوية الشاشة العلوية. اختر «إعدادات النظام»، ثم «الخصوصية والأمن»، ثم ${label}. شغّل ${its}. ${again}`
    case 'windows':
      return `افتح «الإعدادات». اختر «الخصوصية والأمان»، ثم ${label}. شغّل كل ما يذكر التطبيقات أو ${its}. ${again}`
    case 'ios':
      return `افتح تطبيق «الإعدادات». ابحث عن ${its} بين التطبيقات، وشغّل ${label}. ${again}`
    case 'android':
      return `افتح تطبيق «الإعدادات». اختر «التطبيقات»، ثم ${its}، ثم «الأذونات»، واسمح باستخدام ${label}. ${again}`
    case 'other':
      return `افتح إعدادات جهازك، واسمح بأن يستخدم ${its} ${label}. ${again}`
  }
}

const elsewhere: Readonly<Record<Browser['system'], string>> = {
  ios: 'افتح استشارتك مرة أخرى في Safari.',
  android: 'افتح استشارتك مرة أخرى في Chrome أو Firefox.',
  mac: 'افتح استشارتك مرة أخرى في Safari أو Chrome أو Firefox.',
  windows: 'افتح استشارتك مرة أخرى في Edge أو Chrome أو Firefox.',
  other: 'افتح استشارتك مرة أخرى في Chrome أو Firefox.',
}

const missing: Readonly<Record<Closed, string>> = {
  camera: 'لم نجد كاميرا.',
  microphone: 'لم نجد ميكروفونًا.',
  both: 'لم نجد كاميرا ولا ميكروفونًا.',
}
const busy: Readonly<Record<Closed, Advice>> = {
  camera: { title: 'الكاميرا قيد الاستخدام.', todo: `يستخدمها برنامج آخر. أغلق مكالمات الفيديو الأخرى. ${again}` },
  microphone: {
    title: 'الميكروفون قيد الاستخدام.',
    todo: `يستخدمه برنامج آخر. أغلق مكالمات الفيديو الأخرى. ${again}`,
  },
  both: {
    title: 'الكاميرا والميكروفون قيد الاستخدام.',
    todo: `يستخدمهما برنامج آخر. أغلق مكالمات الفيديو الأخرى. ${again}`,
  },
}
const framed: Readonly<Record<Closed, string>> = {
  camera: 'الصفحة المحيطة بهذه الصفحة تُبقي الكاميرا مغلقة.',
  microphone: 'الصفحة المحيطة بهذه الصفحة تُبقي الميكروفون مغلقًا.',
  both: 'الصفحة المحيطة بهذه الصفحة تُبقي الكاميرا والميكروفون مغلقين.',
}
const unknown: Readonly<Record<Closed, string>> = {
  camera: 'لم تعمل الكاميرا.',
  microphone: 'لم يعمل الميكروفون.',
  both: 'لم تعمل الكاميرا ولا الميكروفون.',
}

export const adviceOn: typeof English.adviceOn = (closed, trouble, browser) => {
  const { name, system } = browser
  switch (trouble) {
    case 'denied':
      return { title: `لا يسمح لنا المتصفح باستخدام ${yours[closed]}.`, todo: allowInBrowser(closed, browser) }
    case 'system':
      return {
        title: `لا يسمح جهازك بأن يستخدم ${browserOf(name)} ${yours[closed]}.`,
        todo: allowInSystem(closed, browser),
      }
    case 'missing':
      return {
        title: missing[closed],
        todo:
          system === 'ios' || system === 'android'
            ? 'أعد تشغيل جهازك، ثم افتح استشارتك مرة أخرى. أو تابع عبر الهاتف.'
            : `إذا كان ذلك متوفرًا لديك، فصِله بالجهاز. ${again}`,
      }
    case 'busy':
      return busy[closed]
    case 'insecure':
      return {
        title: 'لا يمكن إجراء مكالمة فيديو على هذا العنوان.',
        todo: 'يجب أن يبدأ عنوان هذه الصفحة بـ «https». يُرجى إبلاغ العيادة.',
      }
    case 'incapable':
      return { title: 'لا يمكن لهذا المتصفح إجراء مكالمة فيديو.', todo: elsewhere[system] }
    case 'framed':
      return { title: framed[closed], todo: 'افتح الاستشارة في نافذتها المستقلة.' }
    case 'unknown':
      return { title: unknown[closed], todo: 'اضغط على «إعادة المحاولة». إذا لم يفد ذلك، فأعد تشغيل جهازك.' }
  }
}

export const without: typeof English.without = {
  camera: 'يمكنك أيضًا المتابعة من دونها. سيسمعك مقدّم الرعاية ولكنه لن يراك.',
  microphone: 'يمكنك أيضًا المتابعة من دونه. سيراك مقدّم الرعاية ولكنه لن يسمعك.',
}

export const pictureWords: typeof English.pictureWords = {
  camera: 'الكاميرا',
  microphone: 'الميكروفون',
  both: 'الكاميرا',
  safari: 'Safari',
}
