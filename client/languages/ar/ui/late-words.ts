// In Arabic: what is said of a clinician who runs late.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/late-words.ts'

const number = plural('ar')

export const lateWords: typeof English.lateWords = {
  title: 'هل أنت متأخر؟',
  tell: 'يقرأ ذلك من ينتظرونك، مع الوقت.',
  minutes: (n) => `حوالي ${n} د`,
  said: (clock, n) =>
    number(n, {
      zero: `أخبرت في الساعة ${clock}: لا تأخير.`,
      one: `أخبرت في الساعة ${clock}: تأخير حوالي دقيقة واحدة.`,
      two: `أخبرت في الساعة ${clock}: تأخير حوالي دقيقتين.`,
      few: `أخبرت في الساعة ${clock}: تأخير حوالي ${n} دقائق.`,
      many: `أخبرت في الساعة ${clock}: تأخير حوالي ${n} دقيقة.`,
      other: `أخبرت في الساعة ${clock}: تأخير حوالي ${n} دقيقة.`,
    }),
  takeBack: 'سحب ذلك',
  patient: (name, clock, n) => {
    const from = name === undefined ? 'من مقدّم الرعاية' : `من ${isolated(name)}`
    return number(n, {
      zero: `خبر ${from} في الساعة ${clock}: لا تأخير.`,
      one: `خبر ${from} في الساعة ${clock}: تأخير حوالي دقيقة واحدة.`,
      two: `خبر ${from} في الساعة ${clock}: تأخير حوالي دقيقتين.`,
      few: `خبر ${from} في الساعة ${clock}: تأخير حوالي ${n} دقائق.`,
      many: `خبر ${from} في الساعة ${clock}: تأخير حوالي ${n} دقيقة.`,
      other: `خبر ${from} في الساعة ${clock}: تأخير حوالي ${n} دقيقة.`,
    })
  },
}
