// In Arabic: what a patient reads where the clinic asks for consent to telehealth.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/consent-words.ts'

export const consentWords: typeof English.consentWords = {
  title: 'هل توافق على استشارة عبر الفيديو؟',
  first: 'تطلب عيادتك موافقتك قبل الاستشارة عبر الفيديو. يُرجى قراءة نصّها، ثم اتخاذ القرار.',
  whose: (giver, patient) => `القرار باسم ${isolated(giver)}، نيابةً عن ${isolated(patient)}.`,
  text: 'نص عيادتك',
  version: (version, date) => `الإصدار \u2066${version}\u2069، سارٍ منذ ${isolated(date)}`,
  reading: {
    now: 'جارٍ تحميل نص عيادتك…',
    still: 'ما زلنا ننتظر نص عيادتك.',
  },
  changed: 'غيّرت عيادتك هذا النص أثناء قراءتك له. لم تُسجَّل أي موافقة. هذا هو النص الجديد.',
  back: 'يمكنك سحب موافقتك متى شئت: في غرفة الانتظار وأثناء المكالمة.',
  agree: 'أوافق',
  agreeFor: (patient) => `أوافق نيابةً عن ${isolated(patient)}`,
  decline: 'لا أوافق',
  busy: 'لحظة من فضلك…',
}

export const noConsentWords: typeof English.noConsentWords = {
  title: 'لا استشارة عبر الفيديو من دون موافقتك',
  stays: 'تبقى الكاميرا والميكروفون لديك مغلقين. ولا يُلغى موعدك بسبب ذلك.',
  withdrawn: (clock) =>
    `سُحبت موافقتك عند الساعة ${isolated(clock)}. لم تعد في غرفة الانتظار ولا في المكالمة. وترى عيادتك ذلك على شاشتها.`,
  instead: 'يمكنك التحدث مع عيادتك عبر الهاتف، أو طلب زيارة حضورية منها.',
  byTelephone: 'طلب التحدث عبر الهاتف',
  phone: (phone) => `الاتصال بالعيادة: ${isolated(phone)}`,
  again: 'قراءة النص مرة أخرى',
}

export const withdrawWords: typeof English.withdrawWords = {
  act: 'سحب موافقتي',
  title: 'هل تريد سحب موافقتك على الاستشارة عبر الفيديو؟',
  says: 'ستغادر غرفة الانتظار أو المكالمة، وستُبلَّغ عيادتك بذلك. يبقى كل ما قيل وكُتب حتى الآن. يمكنك الموافقة مرة أخرى لاحقًا.',
  yes: 'سحب الموافقة',
  no: 'متابعة الاستشارة',
}
