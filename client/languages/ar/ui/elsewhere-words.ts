// In Arabic: the words for where else somebody is signed in.
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/elsewhere-words.ts'

const number = plural('ar')

export const elsewhere: typeof English.elsewhere = {
  none: 'أنت مسجّل الدخول هنا فقط.',
  others: (n) =>
    number(n, {
      zero: 'أنت مسجّل الدخول هنا فقط.',
      one: 'أنت مسجّل الدخول في مكان آخر أيضًا.',
      two: 'أنت مسجّل الدخول في مكانين آخرين أيضًا.',
      few: `أنت مسجّل الدخول في ${n} أماكن أخرى أيضًا.`,
      many: `أنت مسجّل الدخول في ${n} مكانًا آخر أيضًا.`,
      other: `أنت مسجّل الدخول في ${n} مكان آخر أيضًا.`,
    }),
  end: 'تسجيل الخروج من كل مكان آخر',
  ended: 'تم تسجيل خروجك من كل مكان آخر.',
}
