// In Arabic: the words of the widgets, of times and of tabs.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/words.ts'

const number = plural('ar')

export const wait: typeof English.wait = {
  again: 'تحميل الصفحة مرة أخرى',
}

export const waitForVisit: typeof English.waitForVisit = {
  now: 'جارٍ تحميل استشارتك…',
  still: 'ما زلنا ننتظر استشارتك. يستغرق ذلك وقتًا أطول من المعتاد.',
}

export const title: typeof English.title = 'استشارة عبر الفيديو'

export const page: typeof English.page = {
  signOut: 'تسجيل الخروج',
  help: 'هل تحتاج إلى مساعدة؟',
  elsewhere: 'هل أنا مسجّل الدخول في مكان آخر؟',
  call: (phone) => `الاتصال بالعيادة: ${isolated(phone)}`,
  languages: 'اللغة',
  signedOut: 'تم تسجيل خروجك',
  close: 'يمكنك إغلاق هذه الصفحة.',
}

export const detailsTitle: typeof English.detailsTitle = 'التفاصيل'

export const clinicNamed: typeof English.clinicNamed = ({ name, phone }) => `${isolated(name)}: ${isolated(phone)}`

export const phoneLink: typeof English.phoneLink = (phone) => `الاتصال على الرقم ${isolated(phone)}`

const seconds = (n: number): string =>
  number(n, {
    zero: 'لم يطلب أي مهلة.',
    one: 'طلب مهلة ثانية واحدة.',
    two: 'طلب مهلة ثانيتين.',
    few: `طلب مهلة ${n} ثوانٍ.`,
    many: `طلب مهلة ${n} ثانية.`,
    other: `طلب مهلة ${n} ثانية.`,
  })
const minutes = (n: number): string =>
  number(n, {
    zero: 'لم يطلب أي مهلة.',
    one: 'طلب مهلة دقيقة واحدة.',
    two: 'طلب مهلة دقيقتين.',
    few: `طلب مهلة ${n} دقائق.`,
    many: `طلب مهلة ${n} دقيقة.`,
    other: `طلب مهلة ${n} دقيقة.`,
  })
const hours = (n: number): string =>
  number(n, {
    zero: 'لم يطلب أي مهلة.',
    one: 'طلب مهلة ساعة واحدة.',
    two: 'طلب مهلة ساعتين.',
    few: `طلب مهلة ${n} ساعات.`,
    many: `طلب مهلة ${n} ساعة.`,
    other: `طلب مهلة ${n} ساعة.`,
  })

export const problem: typeof English.problem = {
  again: 'إعادة المحاولة',
  back: 'العودة إلى استشاراتك',
  choose: 'اختيار عيادتك',
  signIn: 'أو تسجيل الدخول هنا',
  apart: 'فتح في نافذة مستقلة',
  wait: (n) => (n < 120 ? seconds(n) : n < 7200 ? minutes(Math.ceil(n / 60)) : hours(Math.ceil(n / 3600))),
  support: (code) => ['رمز للدعم: ', code],
  headline: (title) => `${title}.`,
  request: (number) => `للدعم، كاملًا: ${isolated(number)}`,
}

export const times: typeof English.times = {
  language: 'ar',
  habit: 'ar',
  // Some regions write other digits, or count by another calendar; a date and a number must be those that the clinic says.
  asked: '-u-ca-gregory-nu-latn',
  today: (clock) => `اليوم في الساعة ${isolated(clock)}`,
  on: (day, clock) => `يوم ${day} في الساعة ${isolated(clock)}`,
  zoned: (time, zone) => `${time} (${isolated(zone)})`,
  moment: 'أقل من دقيقة',
  minutes: (minutes) => (minutes === 0 ? 'أقل من دقيقة' : `${minutes} د`),
  hours: (hours, minutes) => (minutes === 0 ? `${hours} س` : `${hours} س ${minutes} د`),
  about: (age) => `حوالي ${age}`,
  lessThan: (age) => `أقل من ${age}`,
}
