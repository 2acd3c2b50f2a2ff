// In Arabic: what a patient reads in the check of camera and microphone.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/words.ts'

export const checkWords: typeof English.checkWords = {
  title: 'هل يمكننا رؤيتك وسماعك؟',
  first: 'نتحقق أولًا من الكاميرا والميكروفون لديك. لا أحد يراك بعد.',
  question: (stressed) => ['سيسألك المتصفح. اضغط على ', stressed('السماح'), '.'],
  start: 'فحص الكاميرا والميكروفون',
  starting: 'جارٍ تشغيل الكاميرا والميكروفون…',
  slow: 'هل يعرض المتصفح سؤالًا؟ اضغط على «السماح». يظهر السؤال في أعلى الصفحة أو أسفلها.',
  retry: 'إعادة المحاولة',
  busy: 'لحظة من فضلك…',
  onwards: 'الانتقال إلى غرفة الانتظار',
  withoutCamera: 'المتابعة من دون كاميرا',
  withoutMicrophone: 'المتابعة من دون ميكروفون',
  byTelephone: 'المتابعة عبر الهاتف',
  phone: (phone) => `أو الاتصال بالعيادة: ${isolated(phone)}`,
}
