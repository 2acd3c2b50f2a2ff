// In Arabic: what somebody who was invited reads in the waiting room, and where it goes on without them.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../door/invited-waiting-words.ts'

const number = plural('ar')
const named = (name: string | undefined) => (name === undefined ? 'مقدّم الرعاية' : isolated(name))

export const invitedWaitingWords: typeof English.invitedWaitingWords = {
  title: {
    starts: (clock) => `تبدأ الاستشارة في الساعة ${clock}.`,
    here: ([name, another]) => (another !== undefined ? 'أحد مقدّمي الرعاية هنا.' : `${named(name)} هنا.`),
    'with-another': ([name, another]) =>
      another !== undefined ? 'مقدّمو الرعاية غير متفرغين بعد: أحدهم مع مريض آخر.' : `${named(name)} مع مريض آخر الآن.`,
    away: ([name, another]) =>
      another !== undefined ? 'لا أحد من مقدّمي الرعاية هنا بعد.' : `في انتظار حضور ${named(name)}.`,
  },
  turn: 'سيُسمح لك بالدخول عند الحاجة إليك.',
  estimate: (from, to) => {
    const first = 'بحسب استشارات اليوم حتى الآن، قد تبدأ هذه الاستشارة'
    if (from > 0) return `${first} بعد مدة بين ${from} و${to} دقيقة تقريبًا. قد يتغير ذلك.`
    return number(to, {
      zero: `${first} قريبًا. قد يتغير ذلك.`,
      one: `${first} خلال دقيقة واحدة تقريبًا. قد يتغير ذلك.`,
      two: `${first} خلال دقيقتين تقريبًا. قد يتغير ذلك.`,
      few: `${first} خلال ${to} دقائق تقريبًا. قد يتغير ذلك.`,
      many: `${first} خلال ${to} دقيقة تقريبًا. قد يتغير ذلك.`,
      other: `${first} خلال ${to} دقيقة تقريبًا. قد يتغير ذلك.`,
    })
  },
  unusable: {
    told: 'يجب تصحيح شيء في الموعد قبل السماح لأحد بالدخول. تم إبلاغ مقدّم الرعاية. أنت تحتفظ بمكانك.',
    untold: 'يجب تصحيح شيء في الموعد قبل السماح لأحد بالدخول. يُرجى إخبار من دعاك بذلك. أنت تحتفظ بمكانك.',
  },
}

export const invitedOver: typeof English.invitedOver = {
  title: 'لقد مضى وقت هذه الاستشارة',
  todo: 'لا حاجة إلى ترك هذه الصفحة مفتوحة.',
}

export const invitedDeclined: typeof English.invitedDeclined = {
  title: 'لم يُسمح لك بالدخول',
  todo: 'إذا كنت تظن أن هذا خطأ، فاسأل من دعاك.',
}

export const invitedCannot: typeof English.invitedCannot = {
  todo: 'قد تُعقد الاستشارة من دونك. يُرجى إخبار من دعاك أيضًا.',
}
