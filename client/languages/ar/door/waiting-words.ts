// In Arabic: what a patient reads in the waiting room.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../door/waiting-words.ts'

const number = plural('ar')
const named = (name: string | undefined) => (name === undefined ? 'مقدّم الرعاية' : isolated(name))

export const waitingWords: typeof English.waitingWords = {
  title: {
    starts: (clock) => `تبدأ استشارتك في الساعة ${clock}.`,
    // Without a verb nothing has to agree with a name whose gender nobody told us.
    here: ([name, another]) => (another !== undefined ? 'أحد مقدّمي الرعاية هنا.' : `${named(name)} هنا.`),
    'with-another': ([name, another]) =>
      another !== undefined ? 'مقدّمو الرعاية غير متفرغين بعد: أحدهم مع مريض آخر.' : `${named(name)} مع مريض آخر الآن.`,
    away: ([name, another]) =>
      another !== undefined ? 'لا أحد من مقدّمي الرعاية هنا بعد.' : `في انتظار حضور ${named(name)}.`,
  },
  tab: 'غرفة الانتظار',
  turn: (ahead) =>
    number(ahead, {
      zero: 'لا أحد ينتظر منذ وقت أطول منك.',
      one: 'مريض واحد ينتظر منذ وقت أطول منك.',
      two: 'مريضان ينتظران منذ وقت أطول منك.',
      few: `${ahead} مرضى ينتظرون منذ وقت أطول منك.`,
      many: `${ahead} مريضًا ينتظرون منذ وقت أطول منك.`,
      other: `${ahead} مريض ينتظرون منذ وقت أطول منك.`,
    }),
  estimate: (from, to) => {
    const first = 'بحسب استشارات اليوم حتى الآن، قد يحين دورك'
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
  patience: 'يُرجى الانتظار قليلًا.',
  stepped: {
    title: (clock) => `لقد ابتعدت. يُرجى العودة قبل الساعة ${clock}.`,
    place: 'أنت تحتفظ بمكانك في هذه الأثناء، وترى العيادة أنك بعيد. إذا دُعيت إلى الدخول، فسترنّ هذه الصفحة.',
  },
  gone: (from, back) =>
    `لم يصلنا شيء من هذه الصفحة بعد الساعة ${from}، ولذلك لم يُحتفظ بمكانك. أنت في الانتظار من جديد منذ الساعة ${back}.`,
  out: 'أنت خارج المكالمة.',
  since: (clock, span) => `أنت في الانتظار منذ الساعة ${clock} (${span}).`,
  over: {
    title: 'لقد مضى وقت هذه الاستشارة.',
    todo: 'يُرجى الاتصال بالعيادة: سيخبرونك كيف تتابع. لا حاجة إلى ترك هذه الصفحة مفتوحة.',
  },
  late: 'يستغرق الأمر وقتًا أطول من المقرر. أنت تحتفظ بمكانك. يمكنك أيضًا الاتصال بالعيادة.',
  seen: 'ترى العيادة أنك هنا.',
  unusable: {
    told: 'يجب تصحيح شيء في موعدك قبل السماح لك بالدخول. تم إبلاغ مقدّم الرعاية. أنت تحتفظ بمكانك.',
    untold:
      'يجب تصحيح شيء في موعدك قبل السماح لك بالدخول. يُرجى الاتصال بالعيادة وإخبارهم بأن موعد استشارتك عبر الفيديو يحتاج إلى تصحيح. أنت تحتفظ بمكانك.',
  },
  lost: {
    offline: 'انقطع الاتصال.',
    ours: 'شيء من جانبنا لا يستجيب.',
  },
  trying: 'يُرجى ترك هذه الصفحة مفتوحة: نواصل المحاولة، وأنت تحتفظ بمكانك.',
  ready: 'قبل استشارتك',
  keepOpen: 'يُرجى ترك هذه الصفحة مفتوحة. فهي تتابع تلقائيًا. حتى ذلك الحين تبقى الكاميرا والميكروفون متوقفين.',
  keepOpenSound:
    'يُرجى ترك هذه الصفحة مفتوحة. فهي تتابع تلقائيًا، وينبّهك صوت. حتى ذلك الحين تبقى الكاميرا والميكروفون متوقفين.',
  hear: 'سماع الصوت',
  soundOn: 'التنبيه بصوت',
  leave: 'مغادرة غرفة الانتظار',
}
