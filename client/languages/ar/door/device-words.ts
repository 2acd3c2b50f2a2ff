// In Arabic: what to say, and what to do, about a camera or a microphone that does not open.
import { isolated } from '../../../base/isolated.ts'
import { adviceBy, type Closed } from '../../../door/advice-on.ts'
import type { Browser } from '../../../door/browser.ts'
import type * as English from '../../../door/device-words.ts'

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

const missing: Readonly<Record<Closed, string>> = {
  camera: 'لم نجد كاميرا.',
  microphone: 'لم نجد ميكروفونًا.',
  both: 'لم نجد كاميرا ولا ميكروفونًا.',
}
const busy: Readonly<Record<Closed, ReturnType<typeof adviceOn>>> = {
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

export const adviceOn = adviceBy({
  labels,
  browser: browserOf,
  inBrowser: {
    'ios-safari': (label) =>
      `اضغط على الصورة الصغيرة بجانب العنوان. اختر «إعدادات موقع الويب»، ثم ${label}، ثم «السماح». ${again}`,
    ios: (label, its) =>
      `افتح تطبيق «الإعدادات». ابحث عن ${its} بين التطبيقات، وشغّل ${label}. ثم افتح استشارتك مرة أخرى.`,
    'android-firefox': (label) =>
      `اضغط على القفل أو الدرع بجانب العنوان. اضغط على «محظور» بجانب ${label}، حتى تظهر كلمة «مسموح». ${again}`,
    android: (label) => `اضغط على الصورة الصغيرة بجانب العنوان. اختر «الأذونات»، وشغّل ${label}. ${again}`,
    firefox: (_label, its) =>
      `اضغط على الصورة المشطوبة بجانب العنوان. اضغط على × بجانب «محظور». ${again} عندما يسأل ${its}، اختر «السماح».`,
    safari: (label, its) =>
      `اضغط على ${its} في القائمة أعلى الشاشة. اختر «الإعدادات» مع اسم هذه الصفحة. بجانب ${label} اختر «السماح». ${again}`,
    chrome: (label) => `اضغط على الصورة الصغيرة بجانب العنوان. شغّل ${label}. ${again}`,
    other: (label) => `اضغط على الصورة الصغيرة بجانب العنوان في أعلى المتصفح، واسمح باستخدام ${label}. ${again}`,
  },
  inSystem: {
    mac: (label, its) =>
      `اضغط على التفاحة في زاوية الشاشة العلوية. اختر «إعدادات النظام»، ثم «الخصوصية والأمن»، ثم ${label}. شغّل ${its}. ${again}`,
    windows: (label, its) =>
      `افتح «الإعدادات». اختر «الخصوصية والأمان»، ثم ${label}. شغّل كل ما يذكر التطبيقات أو ${its}. ${again}`,
    ios: (label, its) => `افتح تطبيق «الإعدادات». ابحث عن ${its} بين التطبيقات، وشغّل ${label}. ${again}`,
    android: (label, its) =>
      `افتح تطبيق «الإعدادات». اختر «التطبيقات»، ثم ${its}، ثم «الأذونات»، واسمح باستخدام ${label}. ${again}`,
    other: (label, its) => `افتح إعدادات جهازك، واسمح بأن يستخدم ${its} ${label}. ${again}`,
  },
  elsewhere: {
    ios: 'افتح استشارتك مرة أخرى في Safari.',
    android: 'افتح استشارتك مرة أخرى في Chrome أو Firefox.',
    mac: 'افتح استشارتك مرة أخرى في Safari أو Chrome أو Firefox.',
    windows: 'افتح استشارتك مرة أخرى في Edge أو Chrome أو Firefox.',
    other: 'افتح استشارتك مرة أخرى في Chrome أو Firefox.',
  },
  denied: (closed) => `لا يسمح لنا المتصفح باستخدام ${yours[closed]}.`,
  system: (closed, its) => `لا يسمح جهازك بأن يستخدم ${its} ${yours[closed]}.`,
  missing: (closed) => missing[closed],
  missingBuiltIn: 'أعد تشغيل جهازك، ثم افتح استشارتك مرة أخرى. أو تابع عبر الهاتف.',
  missingToPlug: `إذا كان ذلك متوفرًا لديك، فصِله بالجهاز. ${again}`,
  busy: (closed) => busy[closed],
  insecure: {
    title: 'لا يمكن إجراء مكالمة فيديو على هذا العنوان.',
    todo: 'يجب أن يبدأ عنوان هذه الصفحة بـ «https». يُرجى إبلاغ العيادة.',
  },
  incapable: 'لا يمكن لهذا المتصفح إجراء مكالمة فيديو.',
  framed: (closed) => ({ title: framed[closed], todo: 'افتح الاستشارة في نافذتها المستقلة.' }),
  unknown: (closed) => ({
    title: unknown[closed],
    todo: 'اضغط على «إعادة المحاولة». إذا لم يفد ذلك، فأعد تشغيل جهازك.',
  }),
})

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
